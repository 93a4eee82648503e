import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chisquare } from '../stats/distributions.ts';
import { type AssignmentInput, assignInspectors, type Team } from './assign-inspectors.ts';
import { fillSlots } from './fill-slots.ts';
import type { Inspector, Visit } from './inspector.ts';
import { loadsOf, replaceInspector } from './replace-inspector.ts';

const inspector = (id: string, change: Partial<Inspector> = {}): Inspector => ({
  id,
  certificate: `证${id}`,
  validUntil: '2027-12-31',
  active: true,
  specialties: [],
  areas: [],
  homeArea: '',
  lead: true,
  expert: false,
  load: 0,
  maxLoad: Number.MAX_SAFE_INTEGER,
  ...change,
});
const visit = (subject: string, change: Partial<Visit> = {}): Visit => ({
  subject,
  area: '',
  specialty: '',
  team: 2,
  expert: false,
  ...change,
});
const seedOf = (k: number) => createHash('sha256').update(`seed ${k}`).digest();
const input = (visits: Visit[], inspectors: Inspector[], change: Partial<AssignmentInput> = {}): AssignmentInput => ({
  visits,
  inspectors,
  recusals: [],
  day: '2026-12-01',
  seed: seedOf(0),
  ...change,
});
const ids = (team: Team) => team.inspectors.map(({ id }) => id);

/** Slots of visits of two, with any eligibility, loads and limits: everything that can be tried out in full. */
const small = fc
  .record({
    visits: fc.integer({ min: 1, max: 3 }),
    load: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 4 }),
  })
  .chain(({ visits, load }) =>
    fc.record({
      load: fc.constant(load),
      maxLoad: fc.tuple(...load.map((value) => fc.integer({ min: value, max: value + 3 }))),
      accepts: fc.array(fc.subarray([...load.keys()]), { minLength: 2 * visits, maxLength: 2 * visits }),
      seed: fc.nat(),
    }),
  );

function everyFilling(
  accepts: readonly number[][],
  maxLoad: readonly number[],
  load: readonly number[],
  only = [...accepts.keys()],
): number[][] {
  let found: number[][] = [[]];
  for (const [position, slot] of only.entries())
    found = found.flatMap((chosen) =>
      accepts[slot]!.filter((i) => load[i]! + chosen.filter((other) => other === i).length < maxLoad[i]!)
        .filter((i) => !chosen.some((other, at) => other === i && only[at]! >> 1 === only[position]! >> 1))
        .map((i) => [...chosen, i]),
    );
  return found;
}

test('loads are as even as any assignment can make them; where none exists, the named slots cannot be filled by any', () => {
  fc.assert(
    fc.property(small, ({ load, maxLoad, accepts, seed }) => {
      const slots = accepts.map((list, index) => ({ visit: index >> 1, role: 'member' as const, accepts: list }));
      const key = (v: number, i: number) => createHash('sha256').update(`${seed} ${v} ${i}`).digest('hex');
      const filled = fillSlots({ slots, load, maxLoad, key });
      const all = everyFilling(accepts, maxLoad, load);
      if ('violating' in filled) {
        expect(all).toEqual([]);
        expect(
          everyFilling(
            accepts,
            maxLoad,
            load,
            filled.violating.toSorted((a, b) => a - b),
          ),
        ).toEqual([]);
        return;
      }
      expect(all).toContainEqual(filled.inspectors);
      const squares = (chosen: number[]) =>
        load.reduce((sum, value, i) => sum + (value + chosen.filter((other) => other === i).length) ** 2, 0);
      expect(squares(filled.inspectors)).toBe(Math.min(...all.map(squares)));
    }),
    { numRuns: 300 },
  );
});

test('the same seed gives the same teams whatever the order of the rows; another seed gives others', () => {
  const visits = Array.from({ length: 20 }, (_, k) => visit(`s${k}`));
  const inspectors = Array.from({ length: 9 }, (_, k) =>
    inspector(`i${k}`, { lead: k % 2 === 0, expert: k % 3 === 0 }),
  );
  const teams = assignInspectors(input(visits, inspectors));
  fc.assert(
    fc.property(
      fc.shuffledSubarray(visits, { minLength: 20 }),
      fc.shuffledSubarray(inspectors, { minLength: 9 }),
      (otherVisits, otherInspectors) => {
        expect(assignInspectors(input(otherVisits, otherInspectors))).toEqual(teams);
      },
    ),
    { numRuns: 20 },
  );
  expect(assignInspectors(input(visits, inspectors, { seed: seedOf(1) }))).not.toEqual(teams);
  for (const team of teams) {
    expect(new Set(ids(team)).size).toBe(2);
    expect(team.inspectors[0]).toMatchObject({ role: 'lead', id: expect.stringMatching(/i[02468]/) });
  }
  const loads = [...loadsOf(teams, { inspectors }).values()];
  expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
});

test('who cannot go is not sent: certificate, expiry, specialty, area, home area, recusals', () => {
  const inspectors = [
    inspector('可甲', { specialties: ['食品'], areas: ['新开'], validUntil: '2026-12-01' }),
    inspector('可乙'),
    inspector('停用', { active: false }),
    inspector('无证', { certificate: '' }),
    inspector('过期', { validUntil: '2026-11-30' }),
    inspector('专业', { specialties: ['特种设备'] }),
    inspector('外区', { areas: ['小海'] }),
    inspector('本地', { homeArea: '新开' }),
    inspector('申明'),
    inspector('上次'),
    inspector('亲属'),
  ];
  const recusals = [
    { subject: 's', inspector: '申明', ground: 'declared' },
    { subject: 's', inspector: '上次', ground: 'last_time' },
    { subject: 's', inspector: '亲属', ground: 'relation' },
  ] as const;
  const visits = [visit('s', { area: '新开', specialty: '食品' })];
  for (let k = 0; k < 20; k++) {
    const [team] = assignInspectors(input(visits, inspectors, { recusals, seed: seedOf(k) }));
    expect(ids(team!).sort()).toEqual(['可乙', '可甲']);
  }
  // One day later 可甲 has expired, and the sentence says who is left and why the others are not.
  expect(() => assignInspectors(input(visits, inspectors, { recusals, day: '2026-12-02' }))).toThrow(
    /visits to s need 2 places.*可乙 can fill only 1.*certificate expired: 可甲, 过期; not active: 停用; without a certificate: 无证; of another specialty: 专业.*recused as last time’s inspector: 上次/,
  );
});

test('a team has a lead, and an expert where one is asked for', () => {
  const inspectors = [
    inspector('l', { lead: true }),
    inspector('e', { lead: false, expert: true }),
    inspector('m', { lead: false }),
  ];
  const [team] = assignInspectors(input([visit('s', { expert: true, team: 3 })], inspectors));
  expect(team!.inspectors.map(({ id, role }) => `${role} ${id}`)).toEqual(['lead l', 'expert e', 'member m']);
  expect(() => assignInspectors(input([visit('s', { expert: true })], inspectors.slice(0, 1)))).toThrow(/1 of experts/);
});

test('an infeasible case names the visits that together lack a place, and no other', () => {
  const few = [inspector('a', { areas: ['新开'], maxLoad: 2 }), inspector('b', { areas: ['新开'], maxLoad: 1 })];
  const many = Array.from({ length: 6 }, (_, k) => inspector(`o${k}`, { areas: ['小海'] }));
  const visits = [visit('x1', { area: '新开' }), visit('x2', { area: '新开' }), visit('y', { area: '小海' })];
  expect(() => assignInspectors(input(visits, [...few, ...many]))).toThrow(
    /visits to x1, x2 need 4 places .*and a, b can fill only 3/,
  );
});

test('among equals every pair is equally likely', () => {
  const inspectors = Array.from({ length: 6 }, (_, k) => inspector(`i${k}`));
  const counts = new Map<string, number>();
  const seeds = 6_000;
  for (let k = 0; k < seeds; k++) {
    const [team] = assignInspectors(input([visit('s')], inspectors, { seed: seedOf(k) }));
    const pair = ids(team!).sort().join();
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  expect(counts.size).toBe(15);
  const statistic = [...counts.values()].reduce((sum, count) => sum + (count - seeds / 15) ** 2 / (seeds / 15), 0);
  expect(1 - chisquare.cdf(statistic, 14)).toBeGreaterThan(1e-4);
});

test('a recusal after the draw changes only its slot', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 1_000 }),
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: 0, max: 1 }),
      (k, at, place) => {
        const visits = Array.from({ length: 12 }, (_, index) => visit(`s${index}`));
        const inspectors = Array.from({ length: 7 }, (_, index) => inspector(`i${index}`, { lead: index < 4 }));
        const drawn = input(visits, inspectors, { seed: seedOf(k) });
        const teams = assignInspectors(drawn);
        const from = teams[at]!.inspectors[place]!;
        const request = {
          subject: teams[at]!.subject,
          from: from.id,
          ground: 'after_draw',
          reason: '亲属',
          approver: '张',
        } as const;
        const { teams: after, adjustment } = replaceInspector(teams, drawn, request);
        const changed = teams.flatMap((team, t) =>
          team.inspectors.flatMap((member, m) => (member.id === after[t]!.inspectors[m]!.id ? [] : [`${t} ${m}`])),
        );
        expect(changed).toEqual([`${at} ${place}`]);
        expect(ids(after[at]!)).toContain(adjustment.to);
        expect(new Set(ids(after[at]!)).size).toBe(2);
        if (from.role === 'lead') expect(Number(adjustment.to.slice(1))).toBeLessThan(4);
      },
    ),
    { numRuns: 60 },
  );
  const drawn = input([visit('s')], [inspector('a'), inspector('b')]);
  const teams = assignInspectors(drawn);
  const request = { subject: 's', from: 'a', ground: 'declared', reason: '', approver: '张' } as const;
  expect(() => replaceInspector(teams, drawn, request)).toThrow(/Nobody can take the place of a/);
  expect(() => replaceInspector(teams, drawn, { ...request, from: 'c' })).toThrow(/c is not in a team for s/);
});

test('400 visits and 120 inspectors with areas are assigned in a moment, evenly', () => {
  const areas = ['甲', '乙', '丙', '丁'];
  const visits = Array.from({ length: 400 }, (_, k) => visit(`s${k}`, { area: areas[k % 4]! }));
  const inspectors = Array.from({ length: 120 }, (_, k) =>
    inspector(`i${k}`, { areas: [areas[k % 4]!, areas[(k + 1) % 4]!], lead: k % 3 !== 0, load: k % 5 }),
  );
  const loads = [...loadsOf(assignInspectors(input(visits, inspectors)), { inspectors }).values()];
  expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(2);
});
