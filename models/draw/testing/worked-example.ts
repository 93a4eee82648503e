/** The worked example of draw.md. */
export const EXAMPLE_HEADER = ['id', 'district', 'salt', 'tier'];
export const EXAMPLE_ROWS = [
  ['913206000000000011', '新开', 'a1', 'A'],
  ['913206000000000022', '新开', 'b2', 'A'],
  ['913206000000000033', '小海', 'c3', 'A'],
  ['913206000000000044', '小海', 'd4', 'B'],
  ['913206000000000055', '新开', 'e5', 'B'],
  ['913206000000000066', '小海', 'f6', 'A'],
  ['913206000000000077', '竹行 😀', '07', 'C'],
  ['913206000000000088', '新开', '18', 'D'],
];
export const EXAMPLE_PLAN = {
  method: 'tier-srs-v1',
  n: 4,
  strata: ['district'],
  tiers: { A: '1/100', B: '3/100', C: '1/10', D: '3/10' },
};
export const EXAMPLE_SECRET = Buffer.alloc(32, 0x11);
export const EXAMPLE_BEACON = Buffer.alloc(32, 0x22);
