/**
 * Which events brought a change: of those recorded between two publications, the ones that speak of a ledger row that
 * differs (its push, document, day, meeting, task or case), of the item itself (a mark, a list), or, for rows that no
 * event names, of the unit (an outage, a plan).
 */
import type { Warehouse } from '@hengjian/warehouse';
import { bindingOf, measuresOf } from '../ruleset/bindings.ts';
import { parseRuleSet, type RuleSet } from '../ruleset/rule-set.ts';
import { type ChangedRow, changedRows } from './changed-rows.ts';
import { type LateEvent, readLateEvents } from './late-events.ts';
import { momentOf } from './moment.ts';
import type { Frozen, Publisher } from './publish.ts';
import type { Publication } from './read-chain.ts';
import { replayPublication } from './replay-publication.ts';
import type { ItemChange } from './snapshot-changes.ts';

export interface CausedChange extends ItemChange {
  events: { source: string; id: string; type: string; time: string; recorded_at: string }[];
}

export async function findCauses(
  { warehouse, project }: Pick<Publisher, 'warehouse' | 'project'>,
  after: Frozen,
  before: Publication,
  changes: readonly ItemChange[],
): Promise<CausedChange[]> {
  const replay = await replayPublication(warehouse, project, before);
  let rows: ChangedRow[];
  try {
    rows = await changedRows(warehouse, replay.built.warehouse, after.built.warehouse);
  } finally {
    await replay.built.drop();
  }
  const scope = { after: replay.asOf, asOf: after.asOf, cutoff: after.cutoff };
  const events = await readLateEvents(warehouse as Warehouse, scope);
  const measures = ledgerMeasures(parseRuleSet(before.rulesetText, 'the published rule set'));
  return causesOf(changes, rows, events, measures);
}

/** @param measures measures by item */
export function causesOf(
  changes: readonly ItemChange[],
  rows: readonly ChangedRow[],
  events: readonly LateEvent[],
  measures: ReadonlyMap<string, ReadonlySet<string>>,
): CausedChange[] {
  const byRow = new Map(rows.map((row) => [row, events.filter((event) => speaksOfRow(event, row))]));
  const explained = new Set([...byRow.values()].flat());
  return changes.map((change) => {
    const { unit, item } = change;
    const own = rows.filter((row) => row.unit === unit && measures.get(item)?.has(row.measure));
    const direct = events.filter((event) => isOf(event, unit) && event.texts.has(item));
    const found = new Set([...direct, ...own.flatMap((row) => byRow.get(row)!)]);
    const unnamed = own.length === 0 || own.some((row) => byRow.get(row)!.length === 0);
    if (unnamed && (found.size === 0 || own.length > 0))
      for (const event of events) if (!explained.has(event) && concerns(event, unit)) found.add(event);
    return { ...change, events: events.filter((event) => found.has(event)).map(reference) };
  });
}

/** Words and days stand for a thing only within a unit; other keys are ids. */
const GENERIC = /^[a-z_]+$|^\d{4}-\d{2}-\d{2}$/;

function speaksOfRow(event: LateEvent, row: ChangedRow): boolean {
  if (event.subjects.length > 0 && row.subject !== '' && !event.subjects.includes(row.subject)) return false;
  if (event.ids.has(`${row.event_source}\t${row.event_id}`)) return true;
  if (GENERIC.test(row.key) && !isOf(event, row.unit)) return false;
  return event.texts.has(row.key) || event.loginDays.has(row.key);
}

const isOf = (event: LateEvent, unit: string) => event.departments.has(unit) || event.texts.has(unit);
const concerns = (event: LateEvent, unit: string) => isOf(event, unit) || event.ofEveryUnit;

function reference({ source, id, type, time, recorded_at }: LateEvent): CausedChange['events'][number] {
  return { source, id, type, time: momentOf(time), recorded_at: momentOf(recorded_at) };
}

/** Names in the ledger of what each item counts. */
function ledgerMeasures({ data, catalogue }: RuleSet): Map<string, Set<string>> {
  return new Map(
    data.items.map((item) => [
      item.id,
      new Set(
        item.parts
          .flatMap((part) => measuresOf(catalogue, part))
          .map((measure) => bindingOf(catalogue.measures, measure, item.id).id),
      ),
    ]),
  );
}
