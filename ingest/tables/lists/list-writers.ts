/** The lists that can be taken from here and read back, by the way in which their rows are read. */
import type { ReadingName } from '../layouts/readings.ts';
import { licences, penalties } from './decision-lists.ts';
import {
  inRowsFromFirst,
  type ListWriter,
  member,
  type StoredEvent,
  textOf,
  textsOf,
  unitsText,
  whenOf,
} from './list-writer.ts';
import { attendance, materials } from './meeting-lists.ts';
import { punishmentRows } from './punishment-rows.ts';
import { pushes } from './push-list.ts';
import { results } from './result-list.ts';

const when = (event: StoredEvent | undefined) => event && whenOf(event);

const plans: ListWriter = {
  types: ['plan.filed'],
  record: `concat(department, '\\n', ${member('plan_id')})`,
  rows: (events, { nameOf }) =>
    events.map((event) => ({
      plan: textOf(event, 'plan_id'),
      lead: nameOf(event.department),
      year: textOf(event, 'year'),
      filed: whenOf(event),
    })),
};

const tasks: ListWriter = {
  types: ['task.created'],
  record: member('task_id'),
  rows: (events, { nameOf }) =>
    events.map((event) => ({
      task: textOf(event, 'task_id'),
      plan: textOf(event, 'plan_id'),
      year: textOf(event, 'year'),
      lead: nameOf(textOf(event, 'lead') || event.department),
      others: unitsText(textsOf(event, 'participants'), nameOf),
      stype: event.data.directed === true ? '定向' : '不定向',
      ttype: event.data.scope === 'joint' ? '跨部门' : '',
      set: whenOf(event),
    })),
};

const draws: ListWriter = {
  types: ['draw.executed'],
  record: member('task_id'),
  rows: (events, { nameOf }) =>
    events.flatMap((event) =>
      textsOf(event, 'objects').map((subject) => ({
        subject,
        task: textOf(event, 'task_id'),
        drawn: whenOf(event),
        lead: nameOf(event.department),
      })),
    ),
};

const KINDS: Readonly<Record<string, string>> = { licence: '行政许可', dishonest: '失信' };
const quarterLists: ListWriter = {
  types: ['quarter_list.submitted'],
  record: "concat(toString(source), '\\n', id)",
  rows: (events, { nameOf }) =>
    events.flatMap((event) =>
      (Array.isArray(event.data.rows) ? (event.data.rows as Record<string, unknown>[]) : []).map((row) => ({
        subject: String(row.uscc ?? ''),
        doc: String(row.doc_no ?? ''),
        decided: String(row.decided_on ?? ''),
        unit: nameOf(event.department),
        quarter: textOf(event, 'quarter'),
        kind: KINDS[textOf(event, 'kind')] ?? textOf(event, 'kind'),
        sent: whenOf(event),
      })),
    ),
};

const repairs: ListWriter = {
  types: ['repair.applied', 'repair.approved'],
  record: `concat(department, '\\n', subject, '\\n', ${member('record_id')})`,
  rows(events, { nameOf }) {
    return inRowsFromFirst(events, this.types).map((row) => {
      const [applied, approved] = this.types.map((type) => row.get(type));
      const first = applied ?? approved!;
      return {
        subject: first.subject,
        doc: textOf(first, 'record_id'),
        handler: nameOf(first.department),
        applied: when(applied),
        outcome: approved ? '通过' : '',
        approved: when(approved),
      };
    });
  },
};

const objections: ListWriter = {
  types: ['objection.filed', 'objection.forwarded', 'objection.verified', 'objection.answered'],
  record: member('objection_id'),
  extra: { answerer: '答复部门' },
  rows(events, { nameOf }) {
    return inRowsFromFirst(events, this.types).map((row) => {
      const [filed, forwarded, verified, answered] = this.types.map((type) => row.get(type));
      const first = filed ?? forwarded ?? verified ?? answered!;
      const provider = forwarded ? textOf(forwarded, 'to_unit') : verified?.department;
      const consistent = verified?.data.consistent;
      return {
        objection: textOf(first, 'objection_id'),
        subject: first.subject,
        record: textOf(first, 'record_id'),
        organ: nameOf(first.department),
        filed: when(filed),
        provider: provider && nameOf(provider),
        forwarded: when(forwarded),
        verified: when(verified),
        consistent: consistent === true ? '一致' : consistent === false ? '不一致' : '',
        answered: when(answered),
        answerer: answered && nameOf(answered.department),
      };
    });
  },
};

const firms: ListWriter = {
  types: ['entity.registered', 'entity.cancelled', 'entity.revoked'],
  record: 'subject',
  rows(events, { nameOf }) {
    return inRowsFromFirst(events, this.types).map((row) => {
      const [registered, cancelled, revoked] = this.types.map((type) => row.get(type));
      const first = registered ?? cancelled ?? revoked!;
      return {
        subject: first.subject,
        name: textOf(first, 'name'),
        kindtext: textOf(first, 'kind_text'),
        industry: textOf(first, 'industry'),
        registered: textOf(first, 'registered_on') || when(registered),
        address: textOf(first, 'address'),
        state: [revoked && '吊销', cancelled && '注销'].filter(Boolean).join('，') || '存续',
        cancelled: cancelled && (textOf(cancelled, 'decided_on') || whenOf(cancelled)),
        revoked: revoked && (textOf(revoked, 'decided_on') || whenOf(revoked)),
        organ: nameOf(first.department),
      };
    });
  },
};

const logins: ListWriter = {
  types: ['login.succeeded'],
  record: "concat(toString(source), '\\n', id)",
  rows: (events, { nameOf }) =>
    events.map((event) => ({
      account: textOf(event, 'account'),
      unit: nameOf(event.department),
      at: whenOf(event),
    })),
};

/** Those of two families are made by `listingList`. */
export const LIST_WRITERS: Partial<Record<ReadingName, ListWriter>> = {
  licences,
  penalties,
  pushes,
  results,
  attendance,
  materials,
  logins,
  plans,
  tasks,
  draws,
  quarter_lists: quarterLists,
  repairs,
  objections,
  punishments: {
    types: ['punishment.initiated', 'punishment.received', 'punishment.applied', 'punishment.fed_back'],
    record: member('case_id'),
    extra: { decided: '惩戒决定日期' },
    rows: (events, { nameOf }) => punishmentRows(events, nameOf),
  },
  firms,
};
