import { LAST_DIVISION } from '@hengjian/contract/schema/industry-code.ts';

const sections = LAST_DIVISION.map(([section]) => section).join('');
const lasts = LAST_DIVISION.map(([, last]) => last);

/**
 * SQL of the GB/T 4754-2017 section letter of an industry code (letter first, or the division's two digits); '' where unknown. The same
 * as in serving_area_months, so that maps of counts and of tiers have the same rows, and as `sectionOf` of the contract.
 */
export const industrySection = (column: string): string =>
  `if(match(${column}, '^[A-T]'), substring(${column}, 1, 1), if(match(${column}, '^[0-9]{2}') AND toUInt8OrZero(substring(${column}, 1, 2)) BETWEEN 1 AND ${lasts.at(-1)},
    substring('${sections}', arrayFirstIndex(last_division -> last_division >= toUInt8OrZero(substring(${column}, 1, 2)),
      [${lasts.join(', ')}]), 1), ''))`;
