/**
 * GB/T 4754-2017: a section letter A–T, or a longer code: division (2 digits), group (3), class (4), with or without
 * the letter of its section in front.
 */
export const LAST_DIVISION: readonly (readonly [section: string, last: number])[] = [
  ['A', 5],
  ['B', 12],
  ['C', 43],
  ['D', 46],
  ['E', 50],
  ['F', 52],
  ['G', 60],
  ['H', 62],
  ['I', 65],
  ['J', 69],
  ['K', 70],
  ['L', 72],
  ['M', 75],
  ['N', 79],
  ['O', 82],
  ['P', 83],
  ['Q', 85],
  ['R', 90],
  ['S', 96],
  ['T', 97],
];
/** The divisions of each section, with or without its letter in front. */
const divisions = LAST_DIVISION.map(([section, last], index) => {
  const first = (LAST_DIVISION[index - 1]?.[1] ?? 0) + 1;
  const codes = Array.from({ length: last - first + 1 }, (_, n) => String(first + n).padStart(2, '0'));
  return `${section}?(?:${codes.join('|')})`;
});

export const INDUSTRY_FORM = new RegExp(`^(?:[A-T]|(?:${divisions.join('|')})\\d{0,2})$`);

export const isIndustryCode = (text: string): boolean => INDUSTRY_FORM.test(text);

/** The section letter of a code, with or without the letter in front; '' where unknown. */
export function sectionOf(code: string): string {
  if (/^[A-T]/.test(code)) return code[0]!;
  const division = /^\d\d/.test(code) ? Number(code.slice(0, 2)) : 0;
  return (division > 0 && LAST_DIVISION.find(([, last]) => division <= last)?.[0]) || '';
}
