/** What people entered, as the log has it: who, when, whether it was voided, whether the scores have counted it yet. */
import type { Resource } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { momentOf } from '../publication/moment.ts';
import { readVoids, type Void } from './read-voids.ts';
import { scopeCondition } from './scope-condition.ts';

export interface Entry {
  source: string;
  id: string;
  type: string;
  department: string;
  subject: string;
  /** When it happened, by the legal clock; RFC 3339. */
  time: string;
  recordedAt: string;
  /** The account that entered it, else where it came from: a key, a file, a command. */
  by: string;
  /** Of a form. */
  entered: boolean;
  /** Whether a refresh of the rule set has taken it into account. */
  counted: boolean;
  /** The void in force, if there is one. */
  voided: Void | null;
  data: Record<string, unknown>;
}

export interface EntryFilter {
  types: readonly string[];
  /** Of these only what forms brought: systems bring too many. */
  formTypes?: readonly string[];
  /** A member, as the check read it, and the values wanted. */
  member?: { name: 'meeting_id' | 'obligation_id' | 'push_id'; values: readonly string[] };
  /** Local day of `time` from which on. */
  since?: string;
  /** Only what no refresh has counted yet. */
  waiting?: true;
  limit: number;
}

type Row = Omit<Entry, 'voided' | 'data' | 'counted' | 'entered'> & { data: string; counted: number };

/** Newest first. Nothing outside the scope's units, or where the table of permissions denies the resource. */
export async function readEntries(
  warehouse: Warehouse,
  scope: Scope,
  resource: Resource,
  ruleset: string,
  { types, formTypes = [], member, since, waiting, limit }: EntryFilter,
): Promise<Entry[]> {
  const visible = scopeCondition(scope, resource, { unit: 'e.department' });
  const rows = await warehouse.query<Row>(
    `${SELECT} WHERE ${visible.sql}
       AND (e.type IN {types:Array(String)} OR e.type IN {form_types:Array(String)} AND e.source = {form_source:String})
       ${member ? `AND (e.source, e.id) IN (${WITH_MEMBER})` : ''}
       ${since === undefined ? '' : "AND e.time >= toDateTime64({since:String}, 6, 'Asia/Shanghai')"}
       ${waiting ? WAITING : ''}
     ORDER BY e.recorded_at DESC, e.time DESC, e.id LIMIT {limit:UInt32}`,
    {
      ...visible.params,
      ruleset,
      types,
      form_types: formTypes,
      form_source: FORM_SOURCE,
      limit,
      ...(member ? { member: member.name, values: member.values } : {}),
      ...(since === undefined ? {} : { since }),
    },
  );
  return entriesOf(warehouse, rows);
}

const WITH_MEMBER = `SELECT r.source, r.id FROM ${READABLE_EVENTS} AS r
         WHERE r.type IN arrayConcat({types:Array(String)}, {form_types:Array(String)})
           AND has({values:Array(String)}, JSONExtractString(r.facts, {member:String}))`;

/** The events of an id, whatever their type: ids are unique within a source only. At most ten. */
export async function findEvents(
  warehouse: Warehouse,
  scope: Scope,
  resource: Resource,
  ruleset: string,
  id: string,
): Promise<Entry[]> {
  const visible = scopeCondition(scope, resource, { unit: 'e.department' });
  const rows = await warehouse.query<Row>(
    `${SELECT} WHERE e.id = {id:String} AND ${visible.sql} ORDER BY e.recorded_at DESC LIMIT 10`,
    { ...visible.params, ruleset, id },
  );
  return entriesOf(warehouse, rows);
}

/** Source of the events of forms. */
export const FORM_SOURCE = '/hengjian/forms';

const COUNTED = `SELECT recorded_at FROM recorded_batches
         WHERE run <= (SELECT max(build) FROM builds WHERE quarter = '' AND ruleset = {ruleset:String})`;

/** A batch may be stored after a later one; the day keeps the engine from reading the whole log. */
const WAITING = `AND e.recorded_at >= (SELECT max(recorded_at) FROM (${COUNTED})) - INTERVAL 1 DAY
       AND e.recorded_at NOT IN (${COUNTED})`;

const SELECT = `SELECT toString(e.source) AS source, e.id AS id, toString(e.type) AS type, toString(e.department) AS department,
       e.subject AS subject, toString(e.time) AS time, toString(e.recorded_at) AS recordedAt, e.data AS data, toString(e.origin) AS by,
       e.recorded_at IN (${COUNTED}) AS counted
     FROM events AS e`;

async function entriesOf(warehouse: Warehouse, rows: readonly Row[]): Promise<Entry[]> {
  const voids = await readVoids(warehouse, rows);
  return rows.map(({ data, counted, by, time, recordedAt, ...row }) => {
    // As it was entered, members of any form with it: a person is shown what a person wrote.
    const entered = JSON.parse(data) as Record<string, unknown>;
    const account = row.source === FORM_SOURCE && typeof entered.entered_by === 'string' && entered.entered_by;
    return {
      ...row,
      time: momentOf(time),
      recordedAt: momentOf(recordedAt),
      by: by.startsWith('account:') ? by.slice('account:'.length) : account || by,
      entered: row.source === FORM_SOURCE,
      counted: Boolean(counted),
      voided: voids.inForce(row),
      data: entered,
    };
  });
}
