/**
 * Which events brought a change: of those recorded between two publications, the ones that speak of a ledger row that
 * differs (its push, document, day, meeting, task or case), of the item itself (a mark, a list), or, for rows that no
 * event names, of the unit (an outage, a plan).
 */
import { bindingOf, measuresOf } from '../ruleset/bindings.ts';
import { parsePublishedRuleSet, type RuleSet } from '../ruleset/rule-set.ts';
import { type ChangedRow, changedRows } from './changed-rows.ts';
import { hashJson } from './hash-json.ts';
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
  const events = await readLateEvents(warehouse, scope);
  const measures = ledgerMeasures(parsePublishedRuleSet(before.rulesetText, 'the published rule set'));
  return causesOf(changes, rows, events, measures);
}

/** @param measures measures by item */
export function causesOf(
  changes: readonly ItemChange[],
  rows: readonly ChangedRow[],
  events: readonly LateEvent[],
  measures: ReadonlyMap<string, ReadonlySet<string>>,
): CausedChange[] {
  const byRow = eventsByRow(rows, events);
  const namesItem = (event: LateEvent) => changes.some(({ unit, item }) => event.texts.has(item) && isOf(event, unit));
  const explained = new Set([...byRow.values()].flat().concat(events.filter(namesItem)));
  const found = changes.map((change) => ({
    change,
    causes: ownCauses(change, rows, events, measures, byRow, explained),
  }));
  return found.map(({ change, causes }) => {
    // A place that moved although the unit's own figures did not: others of the item moved it.
    const all = onlyRankDiffers(change)
      ? found.flatMap((other) => (other.change.item === change.item ? [...other.causes] : []))
      : [...causes];
    const named = new Set(all);
    return { ...change, events: events.filter((event) => named.has(event)).map(reference) };
  });
}

function ownCauses(
  { unit, item }: ItemChange,
  rows: readonly ChangedRow[],
  events: readonly LateEvent[],
  measures: ReadonlyMap<string, ReadonlySet<string>>,
  byRow: ReadonlyMap<ChangedRow, readonly LateEvent[]>,
  explained: ReadonlySet<LateEvent>,
): Set<LateEvent> {
  const own = rows.filter((row) => row.unit === unit && measures.get(item)?.has(row.measure));
  const direct = events.filter((event) => isOf(event, unit) && event.texts.has(item));
  const found = new Set([...direct, ...own.flatMap((row) => byRow.get(row)!)]);
  const unnamed = own.some((row) => byRow.get(row)!.length === 0) || (own.length === 0 && found.size === 0);
  if (unnamed) for (const event of events) if (!explained.has(event) && concerns(event, unit)) found.add(event);
  return found;
}

function onlyRankDiffers({ before, after }: ItemChange): boolean {
  if (!before || !after || before.rank === after.rank) return false;
  return hashJson({ ...before, rank: null }) === hashJson({ ...after, rank: null });
}

function eventsByRow(rows: readonly ChangedRow[], events: readonly LateEvent[]): Map<ChangedRow, LateEvent[]> {
  const spoken = new Map<string, Set<LateEvent>>();
  for (const event of events)
    for (const word of [...event.texts, ...event.loginDays, ...event.ids])
      spoken.set(word, (spoken.get(word) ?? new Set()).add(event));
  return new Map(
    rows.map((row) => {
      const candidates = new Set([
        ...(spoken.get(row.key) ?? []),
        ...(spoken.get(`${row.event_source}\t${row.event_id}`) ?? []),
      ]);
      return [row, [...candidates].filter((event) => speaksOfRow(event, row))];
    }),
  );
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
