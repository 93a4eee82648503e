/**
 * GB/T 4754-2017: a section letter A–T, or a longer code: division (2 digits), group (3), class (4), with or without
 * the letter of its section in front.
 */
const LAST_DIVISION: readonly (readonly [section: string, last: number])[] = [
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
const FORM = /^([A-T])?(\d{2})?\d{0,2}$/;

export function isIndustryCode(text: string): boolean {
  const match = FORM.exec(text);
  if (!match || text === '') return false;
  const [, section, division] = match;
  if (division === undefined) return section === text;
  const home = Number(division) >= 1 ? LAST_DIVISION.find(([, last]) => Number(division) <= last)?.[0] : undefined;
  return home !== undefined && (section === undefined || section === home);
}
