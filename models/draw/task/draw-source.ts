/** Source of what the product itself writes about draws. */
export const DRAW_SOURCE = '/hengjian/draws';
