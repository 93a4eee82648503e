import type { QuarterEntry } from '@hengjian/models/queries/list-quarters.ts';

/** Last day of a quarter in Shanghai, as the instant at which the next one begins. */
function endOf(quarter: string): number {
  const [year, number] = quarter.split('Q').map(Number);
  return Date.parse(
    `${number === 4 ? year! + 1 : year}-${number === 4 ? '01' : String(number! * 3 + 1).padStart(2, '0')}-01T00:00:00+08:00`,
  );
}

/** The quarter asked for; without one the latest that is over, since one under way has hardly any figures yet. */
export function chooseQuarter(
  quarters: readonly QuarterEntry[],
  asked: string | null,
  now = Date.now(),
): string | undefined {
  if (asked !== null && asked !== '') return asked;
  return (quarters.find(({ quarter }) => endOf(quarter) <= now) ?? quarters[0])?.quarter;
}

/** "2025Q1" → "2024Q4". */
export function quarterBefore(quarter: string): string {
  const [year, number] = quarter.split('Q').map(Number);
  return number === 1 ? `${year! - 1}Q4` : `${year}Q${number! - 1}`;
}
