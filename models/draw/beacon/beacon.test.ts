import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beaconBytes, beaconProblem, planBeacon } from './planned-beacon.ts';
import { momentOfRound, roundFrom } from './quicknet.ts';
import { verifyDrandRound } from './verify-drand-round.ts';

/** Published by drand (drand-client’s and drand-verify’s test data of quicknet): round, signature, randomness. */
const ROUNDS = [
  [
    1000,
    'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
    'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
  ],
  [
    657413,
    'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b',
    'fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587',
  ],
] as const;

test.each(ROUNDS)('round %i of quicknet is verified by its signature', (round, signature, randomness) => {
  expect(verifyDrandRound(round, signature).toString('hex')).toBe(randomness);
});

test('another round, a changed signature and no signature are refused', () => {
  const [round, signature] = ROUNDS[0];
  expect(() => verifyDrandRound(round + 1, signature)).toThrow(/not the one that drand quicknet gave round 1001/);
  expect(() => verifyDrandRound(round, signature.replace(/.$/, '8'))).toThrow(/not the one/);
  expect(() => verifyDrandRound(round, ROUNDS[1][1])).toThrow(/not the one/);
  expect(() => verifyDrandRound(round, 'b446')).toThrow(/must be 96 hex digits/);
});

test('the round of a moment is the first that comes out then or later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_692_803_367_000, max: 4_000_000_000_000 }), (at) => {
      const round = roundFrom(at);
      expect(momentOfRound(round)).toBeGreaterThanOrEqual(at);
      expect(momentOfRound(round) - at).toBeLessThan(3000);
    }),
  );
  // https://api.drand.sh/52db…/info: genesis_time 1692803367.
  expect(momentOfRound(1)).toBe(1_692_803_367_000);
});

test('a beacon is announced ahead of its time, and used after it', () => {
  const now = momentOfRound(1000) - 60_000;
  expect(() => planBeacon('text', now, '双色球', now)).toThrow(/still ahead/);
  expect(() => planBeacon('text', now + 1, 'a/b', now)).toThrow(/without “\/”/);
  const drand = planBeacon('drand', momentOfRound(1000), '', now);
  expect(drand).toMatchObject({ kind: 'drand', round: 1000 });
  const [round, signature, randomness] = ROUNDS[0];
  const json = JSON.stringify({ round, randomness, signature });
  expect(() => beaconBytes(drand, json, now)).toThrow(/draw after that/);
  for (const value of [json, signature, ` ${signature.toUpperCase()}\n`])
    expect(beaconBytes(drand, value, now + 60_000).beacon.toString('hex')).toBe(randomness);
  expect(() => beaconBytes(drand, JSON.stringify({ round: 1001, signature }), now + 60_000)).toThrow(
    /That is round 1001; the commitment announced round 1000/,
  );
  expect(() => beaconBytes(drand, '{', now + 60_000)).toThrow(/no JSON/);
});

test('a text beacon is name, time and value, as the command line takes it', () => {
  const at = Date.parse('2026-11-29T13:15:00Z');
  const planned = planBeacon('text', at, '双色球2026138', at - 1000);
  const { beacon, evidence } = beaconBytes(planned, ' 03 07 12 18 25 31 + 09 ', at);
  expect(evidence.value).toBe('双色球2026138/2026-11-29T13:15:00.000Z/03 07 12 18 25 31 + 09');
  expect(beacon).toHaveLength(32);
  expect(() => beaconBytes(planned, ' ', at)).toThrow(/Enter what came out/);
});

test('what was kept shows whether the beacon is the announced one', () => {
  const drand = planBeacon('drand', momentOfRound(1000), '', momentOfRound(999));
  const [, signature, randomness] = ROUNDS[0];
  expect(beaconProblem(drand, { kind: 'drand', value: signature }, randomness)).toBeUndefined();
  expect(beaconProblem(drand, { kind: 'drand', value: ROUNDS[1][1] }, ROUNDS[1][2])).toMatch(/not the one/);
  expect(beaconProblem(drand, { kind: 'drand', value: signature }, '00'.repeat(32))).toMatch(/another value/);
  expect(beaconProblem(drand, undefined, randomness)).toMatch(/nothing was kept/);
  const at = Date.parse('2026-11-29T13:15:00Z');
  const text = planBeacon('text', at, '双色球', at - 1);
  const { beacon, evidence } = beaconBytes(text, '07', at);
  expect(beaconProblem(text, evidence, beacon.toString('hex'))).toBeUndefined();
  expect(beaconProblem(text, { kind: 'text', value: '福彩3D/x/07' }, beacon.toString('hex'))).toMatch(/another one/);
});
