/** Source of our own tier events; what comes from another one is a classification given to us. */
export const TIER_SOURCE = '/hengjian/risk';
