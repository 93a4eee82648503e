/**
 * SQL of the GB/T 4754-2017 section letter of an industry code (letter first, or the division's two digits); '' where unknown. The same
 * as in serving_area_months, so that maps of counts and of tiers have the same rows.
 */
export const industrySection = (column: string): string =>
  `if(match(${column}, '^[A-T]'), substring(${column}, 1, 1), if(match(${column}, '^[0-9]{2}') AND toUInt8OrZero(substring(${column}, 1, 2)) BETWEEN 1 AND 97,
    substring('ABCDEFGHIJKLMNOPQRST', arrayFirstIndex(last -> last >= toUInt8OrZero(substring(${column}, 1, 2)),
      [5, 12, 43, 46, 50, 52, 60, 62, 65, 69, 70, 72, 75, 79, 82, 83, 85, 90, 96, 97]), 1), ''))`;
