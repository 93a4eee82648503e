import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkCalendar } from '../calendar/work-calendar.ts';
import { closeQuarter } from '../publication/close-quarter.ts';
import { readChain } from '../publication/read-chain.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { goldenG1 } from '../testing/golden-log.ts';
import { loadEvents, type TestEvent } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { type Acting, answerObjection, fileObjection, showDraft, withdrawObjection } from './act-on-objections.ts';
import { addUnitWorkdays } from './objection-window.ts';
import { readAllObjections, readDraftWindow, readObjections } from './read-objections.ts';

const project = loadProject();

describe('addUnitWorkdays', () => {
  it('is addWD of the calendar without outages, and never earlier with them', () => {
    const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2026-06-30'), noInvalidDate: true });
    fc.assert(
      fc.property(day, day, fc.nat({ max: 20 }), fc.integer({ min: 1, max: 10 }), (start, outage, length, n) => {
        const from = start.toISOString().slice(0, 10);
        const first = outage.toISOString().slice(0, 10);
        const last = new Date(outage.getTime() + length * 86_400_000).toISOString().slice(0, 10);
        const plain = project.calendar.addWorkdays(from, n);
        expect(addUnitWorkdays(project.calendar, [], 'scjg', from, n)).toBe(plain);
        expect(addUnitWorkdays(project.calendar, [{ from: first, to: last, units: ['czj'] }], 'scjg', from, n)).toBe(
          plain,
        );
        const longer = addUnitWorkdays(project.calendar, [{ from: first, to: last, units: [] }], 'scjg', from, n);
        expect(longer >= plain).toBe(true);
        expect(project.calendar.isWorkday(longer)).toBe(true);
        expect(first <= longer && longer <= last).toBe(false);
      }),
    );
  });
});

describe('objections to a draft', () => {
  let temporary: TemporaryWarehouse;
  const acting = (day: string): Acting => ({
    warehouse: temporary.warehouse,
    project,
    write: writeDirectly(temporary.warehouse),
    now: new Date(`${day}T10:00:00+08:00`),
  });
  const publisher = (day: string) => ({ ...acting(day), by: 'office' });
  const filing = { quarter: '2025Q2', unit: 'scjg', item: 'claim', grounds: '平台故障期间无法认领' };
  const filed: Record<string, string> = {};

  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    const outage: TestEvent = {
      id: 'outage',
      source: 'test://office',
      type: 'outage.declared',
      time: '2025-07-12T09:00:00+08:00',
      department: 'office',
      data: { from: '2025-07-14', to: '2025-07-15', units: ['czj'], reason: 'network' },
    };
    await loadEvents(temporary.warehouse, [...goldenG1(), outage], '2025-07-12 10:00:00.000000');
    await refresh(temporary.warehouse, project, { quarters: ['2025Q2'] });
  });
  afterAll(() => temporary.close());

  it('need a draft that was shown', async () => {
    await expect(fileObjection(acting('2025-07-11'), filing, 'all')).rejects.toThrow(/was not shown yet/);
    await expect(showDraft(acting('2025-06-30'), '2025Q2')).rejects.toThrow(/runs until 2025-06-30/);
    // Friday; five workdays later is the next Friday, and for a unit with an outage of two days the Tuesday after it.
    expect(await showDraft(acting('2025-07-11'), '2025Q2')).toEqual({
      quarter: '2025Q2',
      shownOn: '2025-07-11',
      plainUntil: '2025-07-18',
      until: '2025-07-22',
    });
  });

  it('are filed by the unit itself, for items and rows that it has, up to the last day of its window', async () => {
    const late = acting('2025-07-19');
    await expect(fileObjection(late, filing, 'all')).rejects.toThrow(/window for scjg ended on 2025-07-18/);
    const own = acting('2025-07-18');
    await expect(fileObjection(own, filing, ['czj'])).rejects.toThrow(/own score only.*ends on 2025-07-18/);
    await expect(fileObjection(own, { ...filing, item: 'nothing' }, 'all')).rejects.toThrow(/no item "nothing".*login/);
    await expect(fileObjection(own, { ...filing, grounds: ' ' }, 'all')).rejects.toThrow(/needs its grounds/);
    await expect(fileObjection(own, { ...filing, rows: [{ kind: 'unclaimed', key: 'P0' }] }, 'all')).rejects.toThrow(
      /No lost row .*"P0"/,
    );
    const rows = [{ kind: 'unclaimed', key: 'scjg-C46' }];
    const first = await fileObjection(own, { ...filing, rows }, ['scjg']);
    expect(first.answerUntil).toBe('2025-07-25');
    filed.claim = first.objectionId;
    filed.login = (await fileObjection(own, { ...filing, item: 'login' }, 'all')).objectionId;
    // The outage leaves the other unit two more workdays.
    filed.czj = (
      await fileObjection(acting('2025-07-22'), { ...filing, unit: 'czj', item: 'login' }, 'all')
    ).objectionId;
    expect(await readObjections(temporary.warehouse, project, '2025Q2')).toMatchObject([
      { objectionId: filed.claim, state: 'open', rows, answerUntil: '2025-07-25' },
      { objectionId: filed.login, state: 'open' },
      { objectionId: filed.czj, state: 'open', unit: 'czj' },
    ]);
  });

  it('keep the quarter open while the window runs and until all are answered', async () => {
    await expect(closeQuarter(publisher('2025-07-22'), '2025Q2')).rejects.toThrow(/may object up to 2025-07-22/);
    await expect(closeQuarter(publisher('2025-07-22'), '2025Q2', 'hurry')).rejects.toThrow(/may object up to/);
    await expect(closeQuarter(publisher('2025-07-23'), '2025Q2')).rejects.toThrow(
      new RegExp(`3 unanswered objections.*${filed.claim}: scjg claim`),
    );
    await expect(closeQuarter(publisher('2025-07-23'), '2025Q2', ' ')).rejects.toThrow(/needs a reason/);
  });

  it('are answered once, with an outcome and a reason, or withdrawn by the unit', async () => {
    const office = acting('2025-07-28');
    await expect(answerObjection(office, 'nothing', 'upheld', 'yes')).rejects.toThrow(/no objection "nothing"/);
    await expect(answerObjection(office, filed.claim!, 'perhaps', 'yes')).rejects.toThrow(/no outcome/);
    await expect(answerObjection(office, filed.claim!, 'upheld', '')).rejects.toThrow(/needs its reason/);
    expect(await answerObjection(office, filed.claim!, 'partly', '核实')).toMatchObject({ inTime: false });
    await expect(answerObjection(office, filed.claim!, 'upheld', 'again')).rejects.toThrow(
      /was answered on 2025-07-28/,
    );
    await expect(withdrawObjection(office, filed.login!, ['czj'])).rejects.toThrow(/which alone may withdraw it/);
    await withdrawObjection(office, filed.login!, ['scjg']);
    const states = (await readObjections(temporary.warehouse, project)).map(({ state, outcome }) => [state, outcome]);
    expect(states).toEqual([
      ['answered', 'partly'],
      ['withdrawn', null],
      ['open', null],
    ]);
  });

  it('are about the score under one rule set, with a window of its own', async () => {
    const both = loadProject({ ruleset: 'nantong-etdz,baoshan' });
    const other = { ...both, ruleSet: both.kept![1]! };
    expect(await readDraftWindow(temporary.warehouse, other, '2025Q2')).toBeUndefined();
    const shown = await showDraft({ ...acting('2025-07-16'), project: other }, '2025Q2');
    expect(shown).toMatchObject({ shownOn: '2025-07-16', plainUntil: '2025-07-23' });
    expect(await readDraftWindow(temporary.warehouse, both, '2025Q2')).toMatchObject({ shownOn: '2025-07-11' });
    expect(await readObjections(temporary.warehouse, other, '2025Q2')).toEqual([]);
    expect((await readAllObjections(temporary.warehouse, both)).map(({ ruleset }) => ruleset)).toEqual([
      'nantong-etdz',
      'nantong-etdz',
      'nantong-etdz',
    ]);
  });

  it('that come by other ways too late or for another unit oblige nobody', async () => {
    const event = (id: string, time: string, department: string): TestEvent => ({
      id,
      source: 'test://unit',
      type: 'score_objection.filed',
      time,
      department,
      data: { objection_id: id, quarter: '2025Q2', unit: 'xzsp', item: 'login', grounds: 'x' },
    });
    await loadEvents(temporary.warehouse, [
      event('late', '2025-07-19T09:00:00+08:00', 'xzsp'),
      event('foreign', '2025-07-17T09:00:00+08:00', 'scjg'),
    ]);
    const states = (await readObjections(temporary.warehouse, project)).map(({ objectionId, state }) => [
      objectionId,
      state,
    ]);
    expect(states).toContainEqual(['late', 'late']);
    expect(states).toContainEqual(['foreign', 'foreign']);
  });

  it('stay with the unit that filed them, whatever time a later filing under the same id states', async () => {
    const event = (type: string, unit: string, time: string, rest: object = {}): TestEvent => ({
      id: `${type}-${unit}`,
      source: 'test://unit',
      type,
      time: `2025-07-17T${time}:00+08:00`,
      department: unit,
      data: { objection_id: 'OBJ-1', ...rest },
    });
    const filed = (unit: string, time: string) =>
      event('score_objection.filed', unit, time, { quarter: '2025Q2', unit, item: 'login', grounds: unit });
    await loadEvents(temporary.warehouse, [filed('xzsp', '10:00')], '2025-07-17 10:00:00.000000');
    const backdated = [filed('czj', '09:59'), event('score_objection.withdrawn', 'czj', '10:01')];
    await loadEvents(temporary.warehouse, backdated, '2025-07-17 11:00:00.000000');
    const found = (await readObjections(temporary.warehouse, project)).filter((one) => one.objectionId === 'OBJ-1');
    expect(found).toMatchObject([{ unit: 'xzsp', grounds: 'xzsp', state: 'open' }]);
  });

  it('do not keep it open where a reason is given, which stands in the record', async () => {
    const closing = await closeQuarter(publisher('2025-07-29'), '2025Q2', 'czj answered by telephone');
    expect(closing.withoutWindow).toBe(false);
    expect(closing.publication.record.reason).toBe('czj answered by telephone');
    expect((await readChain(temporary.warehouse)).publications).toHaveLength(1);
    await expect(showDraft(acting('2025-07-30'), '2025Q2')).rejects.toThrow(/published already/);
  });

  it('at the end of a year without the next notice: no window is opened, an objection is taken and its day left open', async () => {
    const calendar = new WorkCalendar(project.calendar.notices.filter(({ year }) => year <= 2026));
    const on = (day: string): Acting => ({ ...acting(day), project: { ...project, calendar } });
    const shown = () =>
      temporary.warehouse.query(
        "SELECT id FROM events WHERE type = 'draft.shown' AND JSONExtractString(data, 'quarter') = '2026Q3'",
      );
    await expect(showDraft(on('2026-12-28'), '2026Q3')).rejects.toThrow(/No holiday notice is loaded for 2027/);
    expect(await shown()).toEqual([]);
    await showDraft(on('2026-12-23'), '2026Q3');
    expect(await shown()).toHaveLength(1);
    await refresh(temporary.warehouse, { ...project, calendar }, { quarters: ['2026Q3'] });
    const { objectionId, answerUntil } = await fileObjection(on('2026-12-30'), { ...filing, quarter: '2026Q3' }, 'all');
    expect(answerUntil).toBeNull();
    const objection = (await readAllObjections(temporary.warehouse, { ...project, calendar })).find(
      (one) => one.objectionId === objectionId,
    );
    expect([objection?.state, objection?.answerUntil]).toEqual(['open', null]);
  });
});
