/** Logs that give the figures of the golden values G1 and G2 (scoring.md §5), 2025Q2. */
import { addDays } from '../calendar/day.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import type { TestEvent } from './load-events.ts';

class Log {
  readonly events: TestEvent[] = [];
  readonly unit: string;
  constructor(unit: string) {
    this.unit = unit;
  }
  add(
    type: string,
    day: string,
    data: Record<string, unknown>,
    extra: { subject?: string; department?: string } = {},
  ): void {
    const id = `${this.unit}-${this.events.length}`;
    this.events.push({
      id,
      source: 'test://golden',
      type,
      time: `${day}T10:00:00+08:00`,
      department: this.unit,
      data,
      ...extra,
    });
  }
  logins(days: number): void {
    const calendar = loadCalendar();
    let left = days;
    for (let day = '2025-04-01'; left > 0; day = addDays(day, 1))
      if (calendar.isWorkday(day)) {
        this.add('login.succeeded', day, { account: 'a' });
        left--;
      }
  }
  /** Pushes whose claim falls due in the quarter and whose feedback does not. */
  claims(due: number, done: number, onTime: number): void {
    for (let n = 0; n < due; n++) {
      const push_id = `${this.unit}-C${n}`;
      this.add('registration.pushed', '2025-06-09', { push_id, bucket: 'licensed', matters: [] }, { subject: `S${n}` });
      if (n < done) this.add('push.claimed', n < onTime ? '2025-06-16' : '2025-06-17', { push_id });
    }
  }
  /** Pushes of the quarter before, claimed, whose sixty days end in this quarter (on 2025-05-02). */
  feedbacks(due: number, done: number, onTime: number): void {
    for (let n = 0; n < due; n++) {
      const push_id = `${this.unit}-F${n}`;
      this.add('registration.pushed', '2025-03-03', { push_id, bucket: 'licensed', matters: [] }, { subject: `S${n}` });
      this.add('push.claimed', '2025-03-04', { push_id });
      if (n < done)
        this.add('push.outcome_fed_back', n < onTime ? '2025-05-02' : '2025-05-06', {
          push_id,
          outcome: 'not_applied',
        });
    }
  }
  register(kind: string, type: string, due: number, done: number): void {
    const rows = Array.from({ length: due }, (_, n) => ({
      uscc: `S${n}`,
      doc_no: `${this.unit}-${kind}-${n}`,
      decided_on: '2025-05-20',
    }));
    this.add('quarter_list.submitted', '2025-06-30', { quarter: '2025Q2', kind, rows });
    for (const { uscc, doc_no, decided_on } of rows.slice(0, done))
      this.add(type, '2025-05-22', { doc_no, decided_on, kind: 'x' }, { subject: uscc });
  }
  office(type: string, day: string, data: Record<string, unknown>): void {
    this.add(type, day, data, { department: 'scjg' });
  }
}

/** G1: unit `scjg`. */
export function goldenG1(): TestEvent[] {
  const log = new Log('scjg');
  log.logins(55);
  log.claims(50, 46, 40);
  log.feedbacks(36, 30, 27);
  log.register('licence', 'licence.entered', 100, 89);
  log.register('dishonest', 'penalty.entered', 30, 27);
  log.add('unlicensed.reported', '2025-04-10', { case_id: 'U1' });
  log.add('library.updated', '2025-01-10', {
    library: 'items',
    count: 5,
    approved_by_legal: true,
    approved_by_office: true,
  });
  log.add('library.updated', '2025-01-10', { library: 'objects', count: 900 });
  log.add('library.updated', '2025-01-10', { library: 'inspectors', count: 2 });
  log.add('plan.filed', '2025-01-15', { plan_id: 'PL', year: 2025 });
  log.add('task.created', '2025-02-01', { task_id: 'T1', year: 2025, scope: 'single', lead: 'scjg', directed: false });
  log.office('mark.awarded', '2025-07-02', {
    quarter: '2025Q2',
    item: 'dr_single',
    unit: 'scjg',
    points: 4.5,
    reason: '核查材料',
    approver: '联席办',
  });
  log.add('task.created', '2025-02-01', {
    task_id: 'T2',
    year: 2025,
    scope: 'joint',
    lead: 'shsy',
    participants: ['scjg'],
    directed: false,
  });
  log.add('draw.executed', '2025-04-15', { task_id: 'T2', objects: ['S1'] }, { department: 'shsy' });
  for (let n = 0; n < 20; n++) {
    log.add('inspection.done', '2025-05-06', { task_id: 'T1' }, { subject: `S${n}` });
    if (n < 18) log.add('result.published', '2025-05-20', { task_id: 'T1' }, { subject: `S${n}` });
  }
  log.office('meeting.held', '2025-04-20', { meeting_id: 'M1', required: ['scjg'] });
  log.office('material.due', '2025-04-01', { obligation_id: 'O1', due_on: '2025-05-10', required: ['scjg'] });
  log.office('material.due', '2025-04-01', { obligation_id: 'O2', due_on: '2025-05-12', required: ['scjg'] });
  log.add('material.submitted', '2025-05-13', { obligation_id: 'O2' });
  return log.events;
}

/** G2: unit `xzsp`. */
export function goldenG2(): TestEvent[] {
  const log = new Log('xzsp');
  log.logins(61);
  log.claims(200, 190, 180);
  log.feedbacks(160, 150, 150);
  log.register('licence', 'licence.entered', 100, 90);
  log.register('dishonest', 'dishonest.entered', 20, 17);
  // Outside its duties: kept, and worth nothing.
  log.add(
    'penalty.entered',
    '2025-05-22',
    { doc_no: 'P1', decided_on: '2025-05-20', procedure: 'general', kind: 'x' },
    { subject: 'S1' },
  );
  log.office('material.due', '2025-04-01', { obligation_id: 'O3', due_on: '2025-05-10', required: ['xzsp'] });
  log.add('material.submitted', '2025-05-11', { obligation_id: 'O3' });
  return log.events;
}
