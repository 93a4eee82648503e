/** The id of an event that came from a table: what it is about, and what it says about it (office-files §4). */
import { hash } from 'node:crypto';
import { fold, plainDecimal } from '../cells/cell.ts';
import type { RowEvent } from './row-event.ts';

type Value = string | number | boolean | readonly string[] | undefined;
type Facts = Pick<RowEvent, 'type' | 'time' | 'department' | 'subject' | 'data'>;
interface Parts {
  key: Value[];
  content: Value[];
}

const day = ({ time }: Facts): string => time.slice(0, 10);
const of = (data: Facts['data'], name: string) => data[name] as Value;
const folded = (data: Facts['data'], name: string): string | undefined =>
  data[name] === undefined ? undefined : fold(String(data[name]));
const foldedList = (data: Facts['data'], name: string): string[] | undefined =>
  (data[name] as string[] | undefined)?.map(fold);
const revoked = (data: Facts['data']) => (data.status === 'revoked' ? 'revoked' : undefined);

const decision = ({ department, subject, data }: Facts): Value[] => [
  department,
  subject,
  of(data, 'doc_key'),
  of(data, 'decided_on'),
];
const step = (event: Facts): Parts => ({ key: [of(event.data, 'push_id')], content: [event.department, day(event)] });
const ended = ({ department, subject, data }: Facts): Parts => ({
  key: [subject],
  content: [department, of(data, 'decided_on')],
});
const listing = ({ department, subject, data }: Facts): Parts => ({
  key: [department, subject, of(data, 'decided_on')],
  content: [folded(data, 'reason')?.replace(/[。.;；]$/, '')],
});
const inspection = ({ department, subject, data }: Facts): Value[] => [department, subject, of(data, 'task_id')];

const punished = (event: Facts): Parts => ({
  key: [event.department, event.subject, of(event.data, 'case_id')],
  content: [day(event), folded(event.data, 'measure'), folded(event.data, 'result'), of(event.data, 'decided_on')],
});
const repair = (event: Facts): Parts => ({
  key: [event.department, event.subject, folded(event.data, 'record_id')],
  content: [day(event)],
});
const objected = (event: Facts): Parts => ({
  key: [of(event.data, 'objection_id')],
  content: [
    event.department,
    event.subject,
    day(event),
    folded(event.data, 'record_id'),
    of(event.data, 'to_unit'),
    of(event.data, 'consistent'),
  ],
});

const PARTS: Record<string, (event: Facts) => Parts> = {
  'licence.entered': (event) => ({
    key: decision(event),
    content: [folded(event.data, 'kind'), revoked(event.data)],
  }),
  'penalty.entered': (event) => ({
    key: decision(event),
    content: [
      folded(event.data, 'kind'),
      of(event.data, 'procedure'),
      of(event.data, 'amount'),
      of(event.data, 'confiscated'),
      revoked(event.data),
    ],
  }),
  'record.published': (event) => ({
    key: [event.department, event.subject, folded(event.data, 'record_id')],
    content: [day(event)],
  }),
  'registration.pushed': (event) => ({
    key: [event.subject, of(event.data, 'push_id')],
    content: [event.department, day(event), of(event.data, 'bucket'), foldedList(event.data, 'matters')],
  }),
  'push.claimed': step,
  'push.receipt_fed_back': step,
  'push.return_confirmed': step,
  'push.returned': (event) => {
    const { key, content } = step(event);
    return { key, content: [...content, folded(event.data, 'reason')] };
  },
  'entity.registered': ({ subject, department, data }) => ({
    key: [subject],
    content: [
      department,
      folded(data, 'name'),
      of(data, 'kind'),
      of(data, 'industry'),
      of(data, 'registered_on'),
      folded(data, 'address'),
    ],
  }),
  'entity.cancelled': ended,
  'entity.revoked': ended,
  'task.created': (event) => ({
    key: [of(event.data, 'task_id')],
    content: [
      event.department,
      day(event),
      of(event.data, 'plan_id'),
      of(event.data, 'year'),
      of(event.data, 'scope'),
      of(event.data, 'participants'),
      of(event.data, 'directed'),
    ],
  }),
  'draw.executed': (event) => ({
    key: [of(event.data, 'task_id')],
    content: [event.department, day(event), of(event.data, 'objects')],
  }),
  'inspection.done': (event) => ({
    key: inspection(event),
    content: [day(event), foldedList(event.data, 'inspectors')],
  }),
  'result.entered': (event) => ({ key: inspection(event), content: [day(event), of(event.data, 'codes')] }),
  'result.published': (event) => ({ key: inspection(event), content: [day(event)] }),
  'abnormal.listed': listing,
  'abnormal.removed': listing,
  'blacklist.listed': listing,
  'blacklist.removed': listing,
  'quarter_list.submitted': (event) => ({
    key: [event.department, of(event.data, 'quarter'), of(event.data, 'kind'), day(event)],
    content: [
      (event.data.rows as { uscc: string; doc_no: string; decided_on: string }[]).map(
        ({ uscc, doc_no, decided_on }) => `${uscc}|${fold(doc_no)}|${decided_on}`,
      ),
    ],
  }),
  'meeting.held': (event) => ({
    key: [of(event.data, 'meeting_id')],
    content: [event.department, day(event), of(event.data, 'required')],
  }),
  'meeting.attended': (event) => ({
    key: [event.department, of(event.data, 'meeting_id')],
    content: [day(event), of(event.data, 'status')],
  }),
  'material.due': (event) => ({
    key: [of(event.data, 'obligation_id')],
    content: [event.department, day(event), of(event.data, 'due_on'), of(event.data, 'required')],
  }),
  'material.submitted': (event) => ({
    key: [event.department, of(event.data, 'obligation_id')],
    content: [day(event)],
  }),
  'login.succeeded': ({ department, time, data }) => ({
    key: [department, folded(data, 'account'), time.slice(0, 19)],
    content: [],
  }),
  // Beyond office-files §4, by the same rule.
  // Each unit numbers its own plans.
  'plan.filed': (event) => ({
    key: [event.department, of(event.data, 'plan_id')],
    content: [day(event), of(event.data, 'year')],
  }),
  'punishment.initiated': (event) => ({
    key: [of(event.data, 'case_id')],
    content: [
      event.department,
      day(event),
      of(event.data, 'targets'),
      folded(event.data, 'measure'),
      of(event.data, 'implementers'),
    ],
  }),
  'punishment.received': punished,
  'punishment.applied': punished,
  'punishment.fed_back': punished,
  'repair.applied': repair,
  'repair.approved': repair,
  'objection.filed': objected,
  'objection.forwarded': objected,
  'objection.verified': objected,
  'objection.answered': objected,
  'event.voided': ({ data }) => ({ key: [of(data, 'event_source'), of(data, 'event_id')], content: [] }),
};

/** So many characters of an id say what it is about: the same in all versions of a record. */
export const KEY_LENGTH = 40;

/** Whether the type has a list of its own, and with it a key of its own. */
export const hasTableId = (type: string): boolean => Object.hasOwn(PARTS, type);

/** Beside the members of its type. */
const NO_MEMBERS = new Set(['layout', 'row']);

/**
 * Of a type without a list of its own: a document is known by who decided what on which day, as a licence is; anything else is what it says, to the
 * second where the cell has the hour, so that a row that says something else is another event and voids none.
 */
function entry(event: Facts): Parts {
  const { department, subject, data } = event;
  const members = Object.entries(data)
    .filter(([name]) => !NO_MEMBERS.has(name))
    .sort(([a], [b]) => byBytes(a, b))
    .map(([name, value]) => `${name}=${plain((typeof value === 'string' ? fold(value) : value) as Value)}`);
  if (data.doc_no !== undefined && data.decided_on !== undefined)
    return { key: [department, subject, folded(data, 'doc_no'), of(data, 'decided_on')], content: members };
  return { key: [department, subject, event.time.slice(0, 19), ...members], content: [] };
}

export function eventId(event: Facts): string {
  const { key, content } = (PARTS[event.type] ?? entry)(event);
  const about = sha256([event.type, ...key.map(plain)].join('\n'));
  const said = sha256(content.map(plain).join('\n'));
  // In a piece of its own: a part of another text would keep all of that in memory, for each row of a file.
  return Buffer.from(`${about.slice(0, KEY_LENGTH)}-${said.slice(0, 16)}`, 'latin1').toString('latin1');
}

function plain(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return plainDecimal(value);
  return typeof value === 'object' ? [...value].sort(byBytes).join(',') : String(value);
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export const sha256 = (text: string): string => hash('sha256', text);
