/**
 * `region`: a GB/T 2260 code (6 digits; 9 or 12 with GB/T 10114 township and village digits), or an area code of the
 * office's own (letters, digits, ".", "_", "-"; with at least one that is no digit, or of another length).
 */
const PROVINCES =
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' ');
export const AREA_FORM = new RegExp(
  `^(?:(?:${PROVINCES.join('|')})(?:\\d{4}|\\d{7}|\\d{10})|(?!(?:\\d{6}|\\d{9}|\\d{12})$)[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,31})$`,
  'u',
);

export const isAreaCode = (text: string): boolean => AREA_FORM.test(text);
