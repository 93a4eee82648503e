/** A small warehouse in which names and numbers of natural persons stand wherever an event may hold them, each number once. */
import type { EventType } from '@hengjian/contract/schema/event-type.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { SOURCES } from '@hengjian/generator/cloud-event.ts';
import { makeUscc } from '@hengjian/generator/uscc.ts';
import { exampleOf } from '@hengjian/ingest/documents/example-event.ts';
import { closeQuarter, loadProject } from '@hengjian/models';
import { DRAW_SOURCE } from '@hengjian/models/draw/task/draw-source.ts';
import { readTeams } from '@hengjian/models/draw/task/read-teams.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import { writeDirectly } from '@hengjian/models/testing/write-directly.ts';
import { drawDemoTask } from '@hengjian/operations/up/draw-demo-task.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Filling } from '@hengjian/warehouse/testing.ts';

export const QUARTER = '2025Q2';
export const TASK = 'persons';
/** Sole traders, of whom the first is drawn; what is behind the first character of their names nobody sees who may not see persons. */
export const TRADERS = [0, 1, 2].map((n) => makeUscc('92', '320671', n));
export const TRADER_NAMES = ['小明便利店', '建国理发店', '秀英早点铺'];
export const INSPECTOR_NAMES = ['文静巡', '志强巡', '海燕巡'];
const SURNAME = '王';

/** Where each number was written, by number: a mobile and an id number a place. */
export const PLACES = new Map<string, string>();

function written(place: string): string {
  const n = String(PLACES.size).padStart(8, '0');
  const [mobile, id] = [`138${n}`, withCheck(`11010119900307${n.slice(-3)}`)];
  PLACES.set(mobile, place).set(id, place);
  return `联系人电话${mobile}，身份证号${id}，已核。`;
}

/** The 17 digits with the check character of GB 11643. */
function withCheck(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return digits + '10X98765432'[weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11];
}

const event = (type: string, id: string, time: string, data: object, more: Partial<TestEvent> = {}): TestEvent => ({
  ...{ id, source: 'test://persons', type, time: `${time}T10:00:00+08:00`, department: 'scjg', region: '320671001' },
  data: data as TestEvent['data'],
  ...more,
});

/** Members that are read as keys, or decide a figure. */
const KEYS = /(_id|_no|_by|^item|^points|^unit|^units|^required|^targets|^record|^account|^codes|^inspector)$/;

/** An event of the type with its texts and further members full of persons. */
function plantedIn({ type, data, subject }: EventType): TestEvent {
  const members = (data as { properties?: Record<string, Record<string, unknown>> }).properties ?? {};
  const example = exampleOf({ type, data, subject } as EventType).data as Record<string, unknown>;
  const isText = ({ type: form, enum: values, format, readAs, anyOf }: Record<string, unknown>) =>
    !values &&
    !anyOf &&
    (form === 'string' ? !format || format === 'written' : form === undefined && readAs === undefined);
  const texts = Object.entries(members).filter(([name, schema]) => !KEYS.test(name) && isText(schema));
  const further = ['contact', 'legal_representative', 'remark'].map((name) => [name] as const);
  const planted = [...texts, ...further].map(([name]) => [name, written(`${type} ${name}`)]);
  return event(
    type,
    `every-${type}`,
    '2025-05-20',
    { ...example, ...Object.fromEntries(planted) },
    { subject: TRADERS[0]! },
  );
}

/** Acts that have a meaning for figures or windows are told one by one below, those of the product by the product. */
const TOLD =
  /^(draft|score_objection|mark|outage|event|entity\.|inspector|recusal|task|meeting\.held|material\.due|risk\.)/;

function everyEvent(): TestEvent[] {
  // The draw takes its tiers from the province: two classifications it would not mix.
  const classified = (one: TestEvent) =>
    one.type === 'risk.scored' || one.type === 'tier.changed' ? { ...one, source: SOURCES.province } : one;
  return [...eventTypes.values()]
    .filter(({ type, actor }) => actor !== 'product' && !TOLD.test(type))
    .map((type) => classified(plantedIn(type)));
}

const about = (subject: string) => ({ subject });
const byOffice = (type: string, id: string, time: string, data: object) =>
  event(type, id, time, data, { department: 'office' });

function registers(): TestEvent[] {
  const firm = { kind: '个体工商户', industry: 'H', registered_on: '2025-01-06' };
  const inspector = { valid_until: '2030-01-01', active: true, lead: true };
  return [
    ...TRADERS.map((subject, n) => {
      const name = `${SURNAME}${TRADER_NAMES[n]}`;
      const further = { legal_representative: name, contact: written('entity.registered contact') };
      const data = { ...firm, name, address: written('entity.registered address'), ...further };
      return event('entity.registered', `firm-${n}`, '2025-01-06', data, about(subject));
    }),
    ...INSPECTOR_NAMES.map((name, n) => {
      const own = { inspector: `insp-${n}`, name: SURNAME + name, certificate: `F0${n}` };
      const data = { ...inspector, ...own, account: n === 0 ? 'inspector' : '' };
      const remark = written('inspector.registered remark');
      return event('inspector.registered', `inspector-${n}`, '2025-01-06', { ...data, remark });
    }),
    ...TRADERS.map((subject, n) => {
      const push = { push_id: `P-${n}`, bucket: 'licensed', matters: [] };
      return event('registration.pushed', `push-${n}`, '2025-05-06', push, about(subject));
    }),
  ];
}

function acts(): TestEvent[] {
  const mark = { quarter: QUARTER, item: 'dr_single', unit: 'scjg', points: 1, approver: '联席办' };
  const outage = { from: '2025-06-02', to: '2025-06-02', units: ['scjg'] };
  const voided = { event_source: 'test://persons', event_id: 'every-login.succeeded' };
  const filed = { objection_id: 'o-1', quarter: QUARTER, unit: 'scjg', item: 'claim' };
  const answered = { objection_id: 'o-1', outcome: 'partly' };
  const raised = { alert_id: 'a-1', area: '320671001', industry: 'H' };
  const assigned = { alert_id: 'a-1', unit: 'scjg', due_on: '2025-06-20' };
  const text = (type: string, member: string) => ({ [member]: written(`${type} ${member}`) });
  return [
    byOffice('mark.awarded', 'mark', '2025-07-01', { ...mark, ...text('mark.awarded', 'reason') }),
    byOffice('outage.declared', 'outage', '2025-06-03', { ...outage, ...text('outage.declared', 'reason') }),
    byOffice('event.voided', 'void', '2025-06-03', { ...voided, ...text('event.voided', 'reason') }),
    byOffice('draft.shown', 'shown', '2025-07-10', { quarter: QUARTER, shown_on: '2025-07-10' }),
    event('score_objection.filed', 'filed', '2025-07-11', { ...filed, ...text('score_objection.filed', 'grounds') }),
    byOffice('score_objection.answered', 'answered', '2025-07-14', {
      ...answered,
      ...text('score_objection.answered', 'reason'),
    }),
    event(
      'risk.alert_raised',
      'alert',
      '2025-06-03',
      { ...raised, ...text('risk.alert_raised', 'topic') },
      about(TRADERS[0]!),
    ),
    byOffice('risk.alert_assigned', 'assigned', '2025-06-04', { ...assigned, ...text('risk.alert_assigned', 'text') }),
    event('risk.alert_disposed', 'disposed', '2025-06-05', { alert_id: 'a-1', ...text('risk.alert_disposed', 'text') }),
  ];
}

async function visits(warehouse: Warehouse): Promise<TestEvent[]> {
  const [teams] = await readTeams(warehouse, { task: TASK });
  const changed = {
    ...{ task_id: TASK, attempt: 1, number: 1, subject: TRADERS[0], from: 'insp-0', to: 'insp-1', ground: 'kin' },
    ...{ reason: REMARKS.adjusted, approver: '科长' },
  };
  return [
    event('draw.adjusted', `${TASK}/1/adjusted/1`, '2025-05-12', changed, { source: DRAW_SOURCE }),
    ...teams!.visits.flatMap(({ subject, inspectors }) => [
      event(
        'inspection.done',
        `done-${subject}`,
        '2025-05-13',
        { task_id: TASK, inspectors, remark: REMARKS.done },
        { subject },
      ),
      event(
        'result.entered',
        `result-${subject}`,
        '2025-05-14',
        { task_id: TASK, codes: ['B'], remark: REMARKS.entered },
        { subject },
      ),
    ]),
  ];
}

/** Nobody knows what stands where in what could not be read. */
function refused(): object {
  const bytes = `{"type":"entity.registered","data":{"name":"${SURNAME}${TRADER_NAMES[1]}","contact":"${written('rejected bytes')}"}}`;
  const detail = `name is "${SURNAME}${TRADER_NAMES[1]}"`;
  return {
    recorded_at: '2025-05-06 10:00:00',
    reject_id: crypto.randomUUID(),
    reason: 'missing_member',
    detail,
    source: 's',
    bytes,
    size: bytes.length,
  };
}

// Made when the file is loaded: where the warehouse is copied, nothing is filled, and numbers are looked for all the same.
const EVENTS = [...registers(), ...acts(), ...everyEvent()];
const REMARKS = {
  adjusted: written('draw.adjusted reason'),
  done: written('inspection.done remark'),
  entered: written('result.entered remark'),
};
const REFUSED = refused();

export const PERSONS: Filling = {
  name: 'persons',
  async fill(warehouse) {
    const project = loadProject();
    const write = writeDirectly(warehouse);
    await loadEvents(warehouse, EVENTS);
    await warehouse.insert('rejects', [REFUSED]);
    const task = { id: TASK, title: '餐饮抽查', industries: ['H'], n: 2, matters: ['食品经营'] };
    await drawDemoTask(warehouse, write, task, { at: '2025-05-07T09:30:00+08:00', visitsOn: '2025-05-13' });
    await loadEvents(warehouse, await visits(warehouse));
    await refresh(warehouse, project);
    await closeQuarter({ warehouse, project, write, by: 'office' }, QUARTER);
  },
};
