/**
 * The public randomness of the League of Entropy: drand “quicknet” (unchained, BLS12-381, signatures on G1).
 * Source: https://docs.drand.love, chain information of quicknet; the key is pinned, so that no server is trusted.
 */
export const QUICKNET = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  /** Seconds since 1970 at which round 1 came out, and between rounds. */
  genesis: 1_692_803_367,
  period: 3,
} as const;

/** The first round that comes out at or after a moment. @param at ms since 1970 */
export function roundFrom(at: number): number {
  return Math.max(1, Math.ceil((at / 1000 - QUICKNET.genesis) / QUICKNET.period) + 1);
}

/** When a round comes out, ms since 1970. */
export function momentOfRound(round: number): number {
  return (QUICKNET.genesis + (round - 1) * QUICKNET.period) * 1000;
}
