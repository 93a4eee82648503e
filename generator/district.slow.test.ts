/** The demo district in full, and large ones. */
import { describe, expect, it } from 'vitest';
import { isWorkday } from './calendar.ts';
import { type DistrictOptions, volumeFor } from './district.ts';
import { linesOf, repeatedNames } from './testing/district-lines.ts';
import { FURTHER_TYPES, problemOf, TYPE_RULES } from './testing/event-rules.ts';
import { UNITS } from './units.ts';

const DEMO: DistrictOptions = { until: new Date('2026-11-22T16:00:00+08:00'), defects: false };

interface Parsed {
  id: string;
  source: string;
  type: string;
  time: string;
  department: string;
  region?: string;
  subject?: string;
  // biome-ignore lint/suspicious/noExplicitAny: members differ by type
  data: any;
}

describe('the demo district', () => {
  const lines = linesOf(DEMO);
  const events = lines.map((line) => JSON.parse(line) as Parsed);
  const scored = events.filter((event) => event.type !== 'entity.registered');
  const of = (type: string): Parsed[] => events.filter((event) => event.type === type);

  it('obeys the event contract in every line', () => {
    const problems = new Map<string, string>();
    for (const line of lines) {
      const problem = problemOf(line);
      if (problem) problems.set(problem, line);
    }
    expect(Object.fromEntries(problems)).toEqual({});
  });

  it('has each (source, id) once, in order of time, up to the given moment', () => {
    expect(repeatedNames(events)).toEqual([]);
    let before = 0;
    for (const event of events) {
      const time = Date.parse(event.time);
      expect(time).toBeGreaterThanOrEqual(before);
      before = time;
    }
    expect(before).toBeLessThanOrEqual(Date.parse('2026-11-22T16:00:00+08:00'));
    expect(before).toBeGreaterThan(Date.parse('2026-11-22T00:00:00+08:00'));
  });

  it('is of the size of a real one', () => {
    expect(events.length).toBeGreaterThan(150_000);
    expect(events.length).toBeLessThan(300_000);
    const subjects = of('entity.registered');
    expect(subjects.length).toBeGreaterThan(5800);
    expect(new Set(subjects.map((event) => event.subject)).size).toBe(subjects.length);
    expect(new Set(events.map((event) => event.region).filter(Boolean)).size).toBe(4);
    const year = (type: string): Parsed[] =>
      of(type).filter((event) => event.data.year === 2026 || event.time.startsWith('2026'));
    const share = (Date.parse('2026-11-22') - Date.parse('2026-01-01')) / (365 * 86_400_000);
    expect(year('task.created').length / share).toBeGreaterThan(150);
    expect(year('task.created').length / share).toBeLessThan(260);
    const inspected = new Set(year('inspection.done').map((event) => `${event.data.task_id}${event.subject}`)).size;
    expect(inspected / share).toBeGreaterThan(800);
    expect(inspected / share).toBeLessThan(1600);
    const joint = of('task.created').filter((event) => event.data.scope === 'joint' && event.data.year === 2026).length;
    expect(joint).toBeGreaterThan(5);
    expect(joint).toBeLessThan(22);
  });

  it('lets 14 units work in six finished quarters and the running one', () => {
    expect(UNITS).toHaveLength(14);
    expect(new Set(of('login.succeeded').map((event) => event.department))).toEqual(
      new Set(UNITS.map((unit) => unit.id)),
    );
    expect(scored[0]!.time.slice(0, 10)).toBe('2025-04-01');
    const lists = new Set(of('quarter_list.submitted').map((event) => event.data.quarter));
    expect([...lists].sort()).toEqual(['2025Q2', '2025Q3', '2025Q4', '2026Q1', '2026Q2', '2026Q3']);
    expect(of('login.succeeded').some((event) => event.time > '2026-10-01')).toBe(true);
  });

  it('holds every type of the contract and further ones', () => {
    const types = new Set(events.map((event) => event.type));
    expect(Object.keys(TYPE_RULES).filter((type) => !types.has(type))).toEqual([]);
    expect([...FURTHER_TYPES].filter((type) => !types.has(type))).toEqual([]);
  });

  it('logs in on workdays, next to never on holidays, and not while the platform is down', () => {
    const days = new Map<string, Set<string>>();
    for (const event of of('login.succeeded')) {
      const day = event.time.slice(0, 10);
      days.set(day, (days.get(day) ?? new Set()).add(event.department));
    }
    expect(days.get('2025-10-11')!.size).toBeGreaterThan(9); // a Saturday made a workday
    expect(days.get('2025-10-06')?.size ?? 0).toBeLessThan(5); // National Day holidays
    const outage = of('outage.declared').find((event) => event.data.units.length === 0)!;
    expect(days.has(outage.data.from)).toBe(false);
    expect(isWorkday(Date.parse(outage.data.from) / 86_400_000)).toBe(true);
  });

  it('finds something in about every fifth inspection, and complaints have hot spots', () => {
    const results = of('result.entered');
    const found = results.filter((event) => !event.data.codes.includes('1')).length / results.length;
    expect(found).toBeGreaterThan(0.16);
    expect(found).toBeLessThan(0.24);
    for (const event of results) if (event.data.codes.includes('1')) expect(event.data.codes).toEqual(['1']);
    const section = new Map(of('entity.registered').map((event) => [event.subject, event.data.industry]));
    const catering = of('complaint.received').filter((event) => section.get(event.subject) === 'H');
    const second = catering.filter((event) => event.region === '320671002').length / catering.length;
    expect(second).toBeGreaterThan(0.45); // of 29 % of the subjects
  });

  it('shows good and bad units: shares of claimed pushes spread widely and keep their order on the whole', () => {
    const share = (unit: string): number => {
      const due = new Set(
        of('registration.pushed')
          .filter((e) => e.department === unit && e.data.bucket === 'licensed' && e.time < '2026-08')
          .map((e) => e.data.push_id),
      );
      return of('push.claimed').filter((event) => due.has(event.data.push_id)).length / due.size;
    };
    expect(share('czj')).toBeGreaterThan(0.93);
    expect(share('jjfz')).toBeLessThan(0.85);
  });

  it('leaves work undone, late, voided, returned and unreported', () => {
    const ids = (type: string): Set<string> => new Set(of(type).map((event) => event.data.push_id));
    const claimed = ids('push.claimed');
    const returned = ids('push.returned');
    const confirmed = ids('push.return_confirmed');
    expect([...returned].some((id) => !confirmed.has(id) && !claimed.has(id))).toBe(true);
    expect(of('event.voided').length).toBeGreaterThan(50);
    const entered = new Set(of('licence.entered').map((event) => event.data.doc_no));
    const rows = of('quarter_list.submitted')
      .filter((event) => event.data.kind === 'licence')
      .flatMap((event) => event.data.rows);
    expect(rows.filter((row: { doc_no: string }) => !entered.has(row.doc_no)).length).toBeGreaterThan(100);
    expect(of('quarter_list.submitted').some((event) => event.data.rows.length === 0)).toBe(true);
    const per = of('quarter_list.submitted').map(
      (event) => `${event.department}${event.data.quarter}${event.data.kind}`,
    );
    expect(new Set(per).size).toBeLessThan(per.length); // a second submission
    const outcomes = of('push.outcome_fed_back').filter((event) => event.data.outcome === 'licensed');
    expect(outcomes.some((event) => event.data.decided_on === undefined)).toBe(true);
    for (const event of [...outcomes, ...of('licence.entered')]) {
      if (event.data.decided_on) expect(event.data.decided_on <= event.time.slice(0, 10)).toBe(true);
    }
  });

  it('names no real enterprise or person', () => {
    for (const event of of('entity.registered')) {
      expect(event.data.name).toMatch(/^示例/);
      if (event.data.kind === 'individual') expect(event.data.name).toContain('某');
      expect(event.subject).toMatch(/^9[123]320671DM/);
    }
  });
});

describe('a large district', () => {
  it('names no two events alike', () => {
    // With this seed one subject is drawn twice for a change of its tier on one day.
    const options = {
      seed: 20260401,
      volume: volumeFor(200_000),
      firstQuarter: '2024Q1',
      until: '2025-06-30',
    } as const;
    const lines = linesOf({ ...options, limit: 200_000, defects: false });
    expect(repeatedNames(lines.map((line) => JSON.parse(line)))).toEqual([]);
  });

  it('spreads 400,000 lines over six quarters', () => {
    const events = 400_000;
    const options = { volume: volumeFor(events), firstQuarter: '2025Q2', until: '2026-09-30', defects: false } as const;
    const lines = linesOf({ ...options, limit: events });
    expect(lines).toHaveLength(events);
    expect(JSON.parse(lines.at(-1)!).time >= '2026-09-10').toBe(true);
  });
});
