/** Department of what the office itself does. */
export const OFFICE_UNIT = 'office';
