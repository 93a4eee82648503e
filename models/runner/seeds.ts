/** Seeds: rule set and calendar as tables that the models join. One partition per hash, so that loading again is harmless. */
import { asideName, type Warehouse } from '@hengjian/warehouse';
import type { WorkCalendar } from '../calendar/work-calendar.ts';
import { decimal } from '../kinds/part-kind.ts';
import { bindingOf } from '../ruleset/bindings.ts';
import { everHasDeadline, hasDeadline } from '../ruleset/has-deadline.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import type { RuleSetItem, RuleSetPart } from '../ruleset/schema.ts';
import { missingTables } from './missing-tables.ts';

const TABLES: Readonly<Record<string, string>> = {
  calendar_days: 'day Date32, workday UInt8',
  ruleset_units:
    'unit String, unit_name String, unit_name_en String, ord UInt32, valid_from Nullable(Date32), valid_to Nullable(Date32)',
  ruleset_regions: 'unit String, region String',
  ruleset_duties: 'unit String, duty String, valid_from Nullable(Date32), valid_to Nullable(Date32)',
  ruleset_items:
    'item String, ord UInt32, item_name String, item_name_en String, weight Decimal(18, 6), duties Array(String), receives UInt8, switched_on UInt8, clause String, badges Array(String)',
  ruleset_parts:
    'item String, part String, ord UInt32, kind String, measure String, options String, points Decimal(18, 6), shown UInt8, has_deadline UInt8, had_deadline UInt8, keeps_points UInt8, leaves_when_empty UInt8, takes_mark String, fills_at Nullable(Int64), clause String, lost_missed String, lost_late String, lost_none String, lost_mark String',
  ruleset_tables: 'id String, ord UInt32, name String, name_en String, clause String, items Array(String)',
  ruleset_registers: 'measure String, list String, type String, duty String',
  ruleset_libraries: 'library String, min_count UInt32, approvals Array(String), max_age_days Nullable(UInt32)',
};
export const SEED_NAMES: readonly string[] = Object.keys(TABLES);

export async function loadSeeds(warehouse: Warehouse, ruleSet: RuleSet, calendar: WorkCalendar): Promise<void> {
  const rows = rowsOf(ruleSet, calendar);
  const missing = await missingTables(warehouse, SEED_NAMES);
  for (const [table, columns] of Object.entries(TABLES))
    if (missing.has(table))
      await warehouse.command(
        `CREATE TABLE IF NOT EXISTS ${table} (seed String, ${columns}) ENGINE = MergeTree PARTITION BY seed ORDER BY tuple()`,
      );
  const present = await countSeeds(warehouse, ruleSet, calendar);
  for (const table of SEED_NAMES) {
    const seed = seedOf(table, ruleSet, calendar);
    const wanted = rows[table]!;
    if (present.get(table) === wanted.length) continue;
    // Put in the place of what is there, whole: a build that reads it meanwhile misses nothing.
    const next = asideName(warehouse, table);
    await warehouse.command(`DROP TABLE IF EXISTS ${next} SYNC`);
    await warehouse.command(`CREATE TABLE ${next} AS ${table}`);
    await warehouse.insert(
      next,
      wanted.map((row) => ({ seed, ...row })),
    );
    await warehouse.command(`ALTER TABLE ${table} REPLACE PARTITION {seed:String} FROM ${next}`, { seed });
    await warehouse.command(`DROP TABLE ${next} SYNC`);
  }
}

/** Rows of each seed that are there, by one statement. */
async function countSeeds(
  warehouse: Warehouse,
  ruleSet: RuleSet,
  calendar: WorkCalendar,
): Promise<Map<string, number>> {
  const counts = SEED_NAMES.map(
    (table, n) => `SELECT '${table}' AS seeds, count() AS n FROM ${table} WHERE seed = {seed${n}:String}`,
  );
  const seeds = SEED_NAMES.map((table, n) => [`seed${n}`, seedOf(table, ruleSet, calendar)]);
  const rows = await warehouse.query<{ seeds: string; n: number }>(
    counts.join(' UNION ALL '),
    Object.fromEntries(seeds),
  );
  return new Map(rows.map(({ seeds: table, n }) => [table, n]));
}

/** Which partition of a seed table belongs to a build. */
export function seedOf(table: string, ruleSet: RuleSet, calendar: WorkCalendar): string {
  if (table === 'calendar_days') return calendar.hash;
  // Parameters stand in the parts only.
  return table === 'ruleset_parts' ? ruleSet.seed : ruleSet.hash;
}

function rowsOf(ruleSet: RuleSet, calendar: WorkCalendar): Record<string, object[]> {
  const { data } = ruleSet;
  return {
    calendar_days: calendar.days.map(({ day, workday }) => ({ day, workday: Number(workday) })),
    ruleset_units: data.units.map((unit, ord) => ({
      unit: unit.id,
      unit_name: unit.name,
      unit_name_en: unit.en ?? unit.name,
      ord,
      valid_from: unit.from ?? null,
      valid_to: unit.to ?? null,
    })),
    ruleset_regions: data.units.flatMap((unit) => (unit.regions ?? []).map((region) => ({ unit: unit.id, region }))),
    ruleset_duties: data.units.flatMap((unit) => [
      ...unit.duties.map((duty) => {
        const { duty: name, from = null, to = null } = typeof duty === 'string' ? { duty } : duty;
        return { unit: unit.id, duty: name, valid_from: from, valid_to: to };
      }),
      ...((unit.areas ?? []).length > 0
        ? [{ unit: unit.id, duty: 'double_random', valid_from: null, valid_to: null }]
        : []),
    ]),
    ruleset_items: data.items.map((item, ord) => ({
      item: item.id,
      ord,
      item_name: item.name.zh,
      item_name_en: item.name.en,
      weight: decimal(item.weight ?? 0),
      duties: item.duty,
      receives: Number(item.receives_reallocation ?? false),
      switched_on: Number(item.on ?? true),
      clause: item.clause,
      badges: item.badges ?? [],
    })),
    ruleset_parts: data.items.flatMap((item) => item.parts.map((part, ord) => partRow(ruleSet, item, part, ord))),
    ruleset_tables: (data.tables ?? []).map(({ id, name, clause, items }, ord) => ({
      id,
      ord,
      name: name.zh,
      name_en: name.en,
      clause,
      items,
    })),
    ruleset_registers: (data.registers ?? []).flatMap(({ measure, list, entries }) =>
      entries.map((entry) => ({ measure, list, ...entry })),
    ),
    ruleset_libraries: Object.entries(data.libraries ?? {}).map(([library, needs]) => ({
      library,
      min_count: needs.min_count,
      approvals: needs.approvals ?? [],
      max_age_days: needs.max_age_days ?? null,
    })),
  };
}

function partRow(ruleSet: RuleSet, item: RuleSetItem, part: RuleSetPart, ord: number): object {
  const { catalogue, parameters } = ruleSet;
  const kind = catalogue.kinds.get(part.kind)!;
  const measure = part.measure === undefined ? undefined : catalogue.measures.get(part.measure)!;
  const rules = { parameters, binding: (name: string) => bindingOf(catalogue.measures, name, item.id).id };
  const lost = (place: number) => measure?.lost?.[place] ?? '';
  return {
    item: item.id,
    part: part.id,
    ord,
    kind: part.kind,
    measure: part.measure === undefined ? '' : rules.binding(part.measure),
    options: JSON.stringify(kind.options?.(part, rules) ?? {}),
    points: decimal(part.points ?? 0),
    shown: Number(part.shown ?? item.parts.length === 1),
    has_deadline: Number(hasDeadline(ruleSet, item.id, part.measure)),
    had_deadline: Number(everHasDeadline(ruleSet, item.id, part.measure)),
    keeps_points: Number(kind.keepsPoints ?? false),
    leaves_when_empty: Number(kind.leavesWhenEmpty ?? false),
    takes_mark: kind.takesMark?.(part) ?? '',
    fills_at: kind.fillsAt?.(part, rules) ?? null,
    clause: part.clause,
    lost_missed: part.lost?.missed ?? lost(0),
    lost_late: part.lost?.late ?? lost(1),
    lost_none: part.lost?.none ?? '',
    lost_mark: part.lost?.mark ?? '',
  };
}
