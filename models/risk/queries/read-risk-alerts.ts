import { subjectName } from '@hengjian/contract/natural-persons.ts';
import { OFFICE_UNIT } from '@hengjian/contract/office-unit.ts';
import { shownText } from '@hengjian/contract/personal-numbers.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { LIVE } from '../../draw/task/live-events.ts';
import { momentOf } from '../../publication/moment.ts';
import { NOW } from '../../queries/draws/draw-scope.ts';
import { FORM_SOURCE } from '../../queries/read-entries.ts';
import { type Condition, scopeCondition } from '../../queries/scope-condition.ts';
import { ALERT_SOURCE, type AlertTopic, type RiskAlertData } from '../alerts/risk-alert.ts';

export const ALERT_STATES = ['open', 'assigned', 'disposed'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Who did what with an alert, earliest first. */
export interface AlertAct {
  kind: 'assigned' | 'disposed';
  /** RFC 3339 */
  time: string;
  /** Account, or where the event came from. */
  by: string;
  /** Unit that got it, or that disposed of it. */
  unit: string;
  /** YYYY-MM-DD, '' where none was named. */
  due_on: string;
  text: string;
}

export interface RiskAlert {
  alert_id: string;
  raised_at: string;
  /** Unit that raised it; the office’s own stands for the product. */
  raised_by: string;
  subject: string;
  /** Name in the register, '' where it is about no subject. */
  name: string;
  area: string;
  state: AlertState;
  /** Unit that has it now, '' where it was never given to one. */
  unit: string;
  due_on: string;
  acts: AlertAct[];
  /** undefined of an alert that came from another system: it says what it says. */
  found: RiskAlertData | undefined;
  /** Of another system: what it is about, in its words. */
  topic: string;
  industry: string;
}

export interface RiskAlertFilter {
  state?: AlertState | undefined;
  topic?: AlertTopic | undefined;
  /** Only what this unit has now. */
  unit?: string | undefined;
  alert?: string | undefined;
  limit: number;
  offset?: number;
}

interface Row extends Omit<RiskAlert, 'found' | 'acts' | 'state'> {
  own: number;
  event_id: string;
  state: AlertState;
  acts: AlertAct[];
}

/**
 * Alerts of risk and inspection with all that was done about them: those that wait first, latest first. What the last act was says where
 * one stands; one that was disposed of and is assigned again waits again. A unit sees those it has or raised itself.
 */
export async function readRiskAlerts(
  warehouse: Warehouse,
  scope: Scope,
  filter: RiskAlertFilter,
): Promise<RiskAlert[]> {
  const seen = alertCondition(scope);
  const { state = '', topic = '', unit = '', alert = '', limit, offset = 0 } = filter;
  const rows = await warehouse.query<Row>(
    `${ALERTS}
     WHERE ${seen.sql} AND ({state:String} = '' OR state = {state:String}) AND ({topic:String} = '' OR own AND topic = {topic:String})
       AND ({unit:String} = '' OR unit = {unit:String}) AND ({alert:String} = '' OR alert_id = {alert:String})
     ORDER BY state = 'disposed', raised_at DESC, alert_id LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
    { ...PARAMS, ...seen.params, state, topic, unit, alert, limit, offset },
    { join_use_nulls: 0 },
  );
  const found = await readFound(
    warehouse,
    rows.flatMap(({ own, event_id }) => (own ? [event_id] : [])),
  );
  return rows.map(({ own, event_id, acts, raised_at, ...row }) => ({
    ...row,
    name: subjectName(scope, row.subject, row.name),
    raised_at: momentOf(raised_at),
    topic: shownText(scope, row.topic),
    acts: acts.map((act) => ({ ...act, time: momentOf(act.time), text: shownText(scope, act.text) })),
    found: own ? found.get(event_id) : undefined,
  }));
}

/** What the product itself found, with its series and limits, as it was raised; by event. */
async function readFound(warehouse: Warehouse, ids: readonly string[]): Promise<Map<string, RiskAlertData>> {
  if (ids.length === 0) return new Map();
  const rows = await warehouse.query<{ id: string; data: string }>(
    `SELECT id, data FROM events WHERE type = 'risk.alert_raised' AND source = {source:String} AND has({ids:Array(String)}, id)`,
    { source: ALERT_SOURCE, ids },
  );
  return new Map(rows.map(({ id, data }) => [id, JSON.parse(data) as RiskAlertData]));
}

export interface AlertCount {
  state: AlertState;
  alerts: number;
}

/** How many there are in each state. */
export function countRiskAlerts(warehouse: Warehouse, scope: Scope): Promise<AlertCount[]> {
  const seen = alertCondition(scope);
  return warehouse.query<AlertCount>(
    `SELECT state, toUInt32(count()) AS alerts FROM (${ALERTS} WHERE ${seen.sql}) GROUP BY state ORDER BY state`,
    { ...PARAMS, ...seen.params },
    { join_use_nulls: 0 },
  );
}

/** What it was given, and what it raised itself. */
const alertCondition = (scope: Scope): Condition =>
  scopeCondition(scope, 'risk_alerts', { unit: ['unit', 'raised_by'], area: 'area' });

const PARAMS = { ...NOW, alert_source: ALERT_SOURCE, form_source: FORM_SOURCE, office: OFFICE_UNIT };

/** The account where a form brought it, else the origin. */
const BY = `multiIf(origin LIKE 'account:%', substring(origin, 9), source = {form_source:String} AND JSONExtractString(facts, 'entered_by') != '',
      JSONExtractString(facts, 'entered_by'), origin)`;

/**
 * Acts that count: what the office, who raised it, or a unit that was given it did. Of an alert of another system that was given to nobody
 * here, who disposes of it is that system’s business.
 */
const COUNTED = `arrayFilter(act -> act.1 = 'assigned' OR (first.6 = 0 AND NOT arrayExists(one -> one.1 = 'assigned', done.happened))
        OR has(arrayConcat([first.2, {office:String}], arrayMap(one -> one.4, arrayFilter(one -> one.1 = 'assigned', done.happened))), act.4),
        done.happened)`;

/** Ids of the product’s alerts can be told beforehand: what anybody else raises under one never stands in its place, whatever day it names. */
const ALERTS = `
  WITH ${LIVE},
  raised AS (
    SELECT JSONExtractString(facts, 'alert_id') AS alert_id,
      argMin((toString(time), CAST(department AS String), subject, toString(region), facts, toString(source) = {alert_source:String}, id),
        (toString(source) != {alert_source:String}, time, recorded_at, id)) AS first
    FROM live WHERE type = 'risk.alert_raised' AND alert_id != '' GROUP BY alert_id),
  done AS (
    SELECT JSONExtractString(facts, 'alert_id') AS alert_id,
      arrayMap(one -> one.2, arraySort(groupArray(((time, recorded_at, id), CAST(tuple(
        if(type = 'risk.alert_assigned', 'assigned', 'disposed'), toString(time), ${BY},
        if(type = 'risk.alert_assigned', JSONExtractString(facts, 'unit'), CAST(department AS String)),
        JSONExtractString(facts, 'due_on'), JSONExtractString(facts, 'text')),
        'Tuple(kind String, time String, by String, unit String, due_on String, text String)'))))) AS happened
    FROM live WHERE type IN ('risk.alert_assigned', 'risk.disposed', 'risk.alert_disposed') AND alert_id != '' GROUP BY alert_id),
  firms AS (
    SELECT subject, argMax(JSONExtractString(facts, 'name'), (time, recorded_at, id)) AS name
    FROM live WHERE type = 'entity.registered' AND subject IN (SELECT first.3 FROM raised WHERE first.3 != '') GROUP BY subject)
  SELECT * EXCEPT (given) FROM (
    SELECT raised.alert_id AS alert_id, first.1 AS raised_at, first.2 AS raised_by, first.3 AS subject, firms.name AS name, first.4 AS area,
      first.6 AS own, first.7 AS event_id, JSONExtractString(first.5, 'topic') AS topic, JSONExtractString(first.5, 'industry') AS industry,
      ${COUNTED} AS acts, if(empty(acts), 'open', acts[-1].1) AS state,
      arrayLast(act -> act.1 = 'assigned', acts) AS given, given.4 AS unit, given.5 AS due_on
    FROM raised LEFT JOIN done ON done.alert_id = raised.alert_id LEFT JOIN firms ON firms.subject = first.3)`;
