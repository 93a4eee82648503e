/**
 * What new events touch in a quarter: their types, the keys by which rows can be found, and all events that have such a key, in a table
 * of the moment. The models of a narrowed build read that table in the place of the log.
 */
import { asideName, type Warehouse } from '@hengjian/warehouse';
import { quoteIdentifier } from '@hengjian/warehouse/quote-identifier.ts';
import { READ_COLUMNS } from '@hengjian/warehouse/readable-events.ts';
import type { Binding } from '../../ruleset/bindings.ts';
import { type CompileContext, compileSql, ofBuild, storedTable, type VisibleBuild } from '../compile-sql.ts';
import type { Model } from '../model.ts';
import { quote } from '../variables.ts';
import { EVENT_KEYS, type KeyDomain, keyOf } from './key-domains.ts';
import { type Changes, keyedTypes, SENDERS } from './way-of.ts';

/** From here on what is touched is found more slowly than everything is read. */
const MOST = 20_000;

export interface Narrowing extends Changes {
  /** The live build, of which untouched rows are taken over. */
  from: VisibleBuild;
  /** A table of the new events, and of those that no longer or again happened because of them. */
  changed: string;
  /** A condition on events: they are new. */
  fresh: string;
  /** Names of two tables that may be made, and are dropped with the others. */
  judged: string;
  verdicts: string;
  /** All events with a touched key, and perhaps others: stands for source('events'). */
  events: string;
  /** Those with a touched key of this kind alone; as they were before, if so asked. */
  eventsOf(by: KeyDomain, before: boolean): string;
  /** A condition on rows: their key is one of those touched. */
  touched(by: KeyDomain, rows: string): string;
  drop(): Promise<void>;
}

export interface NarrowingOf {
  warehouse: Warehouse;
  context: CompileContext;
  from: VisibleBuild;
  models: readonly Model[];
  bindings: readonly Binding[];
}

/** @returns why everything is to be built, where that is so */
export async function openNarrowing(of: NarrowingOf): Promise<Narrowing | string> {
  const { warehouse, context, from } = of;
  if (!context.graph.byName.has('int_voided_events')) return 'no model says which events are voided';
  const name = (table: string) => `${quoteIdentifier(warehouse.database)}.${asideName(warehouse, table)}`;
  const [changed, keys, events] = [name('changed_events'), name('touched_keys'), name('touched_events')];
  const [judged, verdicts] = [name('judged_events'), name('verdicts')];
  const drop = () =>
    warehouse.command(`DROP TABLE IF EXISTS ${[changed, keys, events, judged, verdicts].join(', ')} SYNC`);
  const domains = keyedTypes(context.graph, of.models, of.bindings);
  const touched = (by: KeyDomain, rows: string) => `${keyOf(rows)} IN (SELECT key FROM ${keys} WHERE by = '${by}')`;
  try {
    await drop();
    await noteChanged(of, changed);
    const changes = await readChanges(of, changed, domains);
    if (changes.count > MOST) {
      await drop();
      return `${changes.count} new events`;
    }
    const each = [...domains].map(
      ([by, types]) =>
        `SELECT DISTINCT '${by}' AS by, ${keyOf(EVENT_KEYS[by].text)} AS key FROM ${changed} WHERE ${isOf(types)} AND ${EVENT_KEYS[by].when}`,
    );
    await warehouse.command(
      `CREATE TABLE ${keys} ENGINE = Memory AS ${each.length > 0 ? each.join(' UNION ALL ') : "SELECT '' AS by, toUInt64(0) AS key WHERE 0"}`,
    );
    const wanted = [...domains].map(
      ([by, types]) => `${isOf(types)} AND ${EVENT_KEYS[by].when} AND ${touched(by, EVENT_KEYS[by].text)}`,
    );
    await warehouse.command(
      `CREATE TABLE ${events} ENGINE = Memory AS SELECT ${READ_COLUMNS}, facts, data FROM ${context.events} AS e
       WHERE ${isOf([...new Set([...domains.values()].flat())])} AND (${wanted.map((one) => `(${one})`).join(' OR ') || '0'})`,
    );
    const eventsOf = (by: KeyDomain, before: boolean) =>
      `(SELECT * FROM ${events} WHERE ${EVENT_KEYS[by].when} AND ${touched(by, EVENT_KEYS[by].text)}${before ? ` AND NOT (${freshOf(of)})` : ''})`;
    return { ...changes, from, changed, fresh: freshOf(of), judged, verdicts, events, eventsOf, touched, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

const isOf = (types: readonly string[]): string => `type IN (${types.map(quote).join(', ') || "''"})`;

/** Recorded since the live build. */
function freshOf({ warehouse, from }: NarrowingOf): string {
  return `recorded_at IN (SELECT recorded_at FROM ${quoteIdentifier(warehouse.database)}.recorded_batches WHERE run > ${from.build})`;
}

/** Events recorded since the live build, and those that no longer or again happened because of them. */
async function noteChanged(of: NarrowingOf, table: string): Promise<void> {
  const { warehouse, context, from } = of;
  const columns = `toString(source) AS source, id, toString(type) AS type, push_id, subject, toString(department) AS department, toString(region) AS region, time,
    if(type IN ('task.created', 'inspection.done'), JSONExtractString(if(e.facts = '', e.data, e.facts), 'task_id'), '') AS task`;
  const cutoff = context.variables.get('cutoff')!;
  await warehouse.command(
    `CREATE TABLE ${table} ENGINE = Memory AS SELECT ${columns} FROM ${context.events} AS e WHERE time <= ${cutoff} AND ${freshOf(of)}`,
  );
  const [voids] = await warehouse.query<{ n: number }>(`SELECT count() AS n FROM ${table} WHERE type = 'event.voided'`);
  if (voids!.n === 0) return;
  const model = context.graph.byName.get('int_voided_events')!;
  const now = `SELECT toString(source) AS source, id FROM (${compileSql(model, context)})`;
  const before = `SELECT toString(source) AS source, id FROM ${storedTable(model, context)} WHERE ${ofBuild(from)}`;
  const turned = `(${now} EXCEPT DISTINCT ${before}) UNION ALL (${before} EXCEPT DISTINCT ${now})`;
  await warehouse.command(
    `INSERT INTO ${table} SELECT ${columns} FROM ${context.events} AS e WHERE (toString(source), id) IN (${turned})`,
  );
}

async function readChanges(
  of: NarrowingOf,
  changed: string,
  domains: ReadonlyMap<KeyDomain, readonly string[]>,
): Promise<Changes & { count: number }> {
  const keyless = [...domains].map(([by, types]) => {
    const { when, mayLack } = EVENT_KEYS[by];
    const strict = types.filter((type) => !mayLack.includes(type));
    return `countIf(${isOf(strict)} AND NOT (${when})) > 0 AS keyless_${by}`;
  });
  const { warehouse, from } = of;
  const senders = of.models.find(({ name }) => name === SENDERS);
  const strange = senders
    ? `countIf((department, region) NOT IN (SELECT department, region FROM ${storedTable(senders, of.context)} WHERE ${ofBuild(from)}))`
    : '1';
  const [row] = await warehouse.query<Record<string, unknown>>(
    `SELECT count() AS count, groupUniqArray(type) AS types, ${strange} AS strange${keyless.map((one) => `, ${one}`).join('')} FROM ${changed}`,
  );
  const types = (row!.types as string[]).sort();
  return {
    count: Number(row!.count),
    types,
    // Whoever sent nothing but what a void takes away sent nothing.
    sameSenders: Number(row!.strange) === 0 && !types.includes('event.voided'),
    keyless: new Set([...domains.keys()].filter((by) => Number(row![`keyless_${by}`]) > 0)),
  };
}
