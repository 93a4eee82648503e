/** Random histories of a log: what comes when, which refresh is broken off, when rules change. For the test of incremental refreshes. */
import * as fc from 'fast-check';
import type { TestEvent } from './load-events.ts';

/** Where a refresh ends early: after it noted what is new, between two quarters, or with all built and nothing shown. */
export type Break = 'noted' | 'built in part' | 'built, not shown';

export interface Step {
  /** How many events are recorded before it; events that are there already are not recorded again. */
  events: number;
  /** Refreshes that broke off before the one that ends well. */
  broken: readonly Break[];
  /** Which of two texts of the rules and calendars is in force. */
  rules: 0 | 1;
  slices: number;
}

export interface History {
  /** In the order of recording. */
  events: TestEvent[];
  /** Sequences of refreshes; after each one all rows must be those of a full build. */
  sequences: Step[][];
}

const oneOf = fc.constantFrom;
/** Moments at which quarters and their cut-offs begin and end. */
const EDGES = [
  '2025-01-01T00:00:00+08:00',
  '2025-03-31T23:59:59.999999+08:00',
  '2025-04-01T00:00:00+08:00',
  '2025-04-03T23:59:59.999999+08:00',
  '2025-04-04T00:00:00+08:00',
  '2025-04-10T23:59:59.999999+08:00',
  '2025-04-11T00:00:00+08:00',
  '2025-06-30T23:59:59.999999+08:00',
];

/** A void of one of `targets`; dated at an edge or with its target. */
function voidOf(target: TestEvent, id: string, time: string): TestEvent {
  return {
    ...{ id, source: target.source, type: 'event.voided', time, department: target.department },
    ...(target.region ? { region: target.region } : {}),
    data: { event_source: target.source, event_id: target.id, reason: 'r' },
  };
}

interface Trouble {
  kind: 'void' | 'void of a void' | 'circle' | 'same id' | 'sent again' | 'other unit' | 'edge' | 'late';
  /** Of the events, as a share, which one it is about. */
  at: number;
  edge: string;
}

const trouble: fc.Arbitrary<Trouble> = fc.record({
  kind: oneOf<Trouble['kind']>(
    ...(['void', 'void', 'void of a void', 'void of a void', 'circle'] as const),
    ...(['same id', 'sent again', 'other unit', 'edge', 'late'] as const),
  ),
  at: fc.integer({ min: 0, max: 9_999 }),
  edge: oneOf(...EDGES),
});

/** A log and what goes wrong in real ones. The order is that of recording: it is mixed later, so that answers come before what they answer. */
function withTroubles(events: readonly TestEvent[], troubles: readonly Trouble[]): TestEvent[] {
  const all = [...events];
  const departments = [...new Set(events.map(({ department }) => department))];
  for (const [n, { kind, at, edge }] of troubles.entries()) {
    const voids = all.filter(({ type }) => type === 'event.voided');
    const among = kind === 'void of a void' && voids.length > 0 ? voids : all;
    const about = among[at % among.length]!;
    const id = `t${n}`;
    if (kind === 'void' || kind === 'void of a void') all.push(voidOf(about, id, at % 2 ? edge : about.time));
    else if (kind === 'circle') {
      // Two voids that name each other, and a third that breaks the circle or stands beside it.
      const one = voidOf({ ...about, id: `${id}b` }, id, edge);
      all.push(one, voidOf(one, `${id}b`, about.time), voidOf(at % 2 ? one : about, `${id}c`, edge));
    } else if (kind === 'same id') all.push({ ...all[(at + 7) % all.length]!, id: about.id, source: 'test://twin' });
    else if (kind === 'sent again') all.push(about);
    else if (kind === 'other unit') all.push({ ...about, id, department: departments[at % departments.length]! });
    else if (kind === 'edge') all.push({ ...about, id, time: edge });
    else all.push({ ...about, id, time: '2025-01-02T08:00:00+08:00' });
  }
  return all;
}

const step: fc.Arbitrary<Step> = fc.record({
  events: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 3, arbitrary: fc.integer({ min: 4, max: 15 }) },
    { weight: 1, arbitrary: fc.constant(0) },
  ),
  broken: fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(oneOf<Break>('noted', 'built in part', 'built, not shown'), { maxLength: 2 }) },
  ),
  rules: fc.constant<0 | 1>(0),
  slices: oneOf(1, 1, 1, 2, 5),
});

/**
 * @param log events of few ids
 * @param sequences how many, one after the other on a log that grows
 */
export function randomHistory(log: fc.Arbitrary<TestEvent[]>, sequences: number): fc.Arbitrary<History> {
  const within = ({ time }: TestEvent) => time > '2025-01' && time < '2025-07';
  const events = fc
    .tuple(fc.array(log, { minLength: 3, maxLength: 3 }), fc.array(trouble, { minLength: 20, maxLength: 60 }))
    .chain(([logs, troubles]) => {
      const named = logs.flatMap((one, n) =>
        one.filter(within).map((event) => (n === 0 ? event : { ...event, id: `${event.id}-${n}` })),
      );
      const all = withTroubles(named, troubles);
      return fc.oneof(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.constant(all),
        fc.constant([...all].sort((a, b) => Date.parse(a.time) - Date.parse(b.time))),
        fc.constant([...all].reverse()),
      );
    });
  const steps = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), {
    minLength: sequences,
    maxLength: sequences,
  });
  /** Rules change between two sequences now and then, and stay changed. */
  const changes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: sequences, maxLength: sequences });
  return fc.tuple(events, steps, changes, fc.integer({ min: 15, max: 90 })).map(([all, drawn, turns, first]) => {
    let rules: 0 | 1 = 0;
    const changed = drawn.map((steps, n) =>
      steps.map((one, at) => {
        if (at === 1 && turns[n] === 0) rules = rules === 0 ? 1 : 0;
        return { ...one, rules };
      }),
    );
    changed[0]!.unshift({ events: first, broken: [], rules: 0, slices: 1 });
    return { events: all, sequences: changed };
  });
}
