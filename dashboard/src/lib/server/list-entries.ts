import type { Resource } from '@hengjian/contract/permissions.ts';
import { type EntryFilter, readEntries } from '@hengjian/models/queries/read-entries.ts';
import type { EntryNames } from '#lib/entries/describe-entry.ts';
import { type EntryRow, entryRow } from '#lib/entries/entry-row.ts';
import type { EntryScene } from './entry-scene.ts';

export function entryNames({ project, names }: Pick<EntryScene, 'project' | 'names'>): EntryNames {
  return { units: names, items: itemsOf(project) };
}

const itemsOf = ({ ruleSet }: EntryScene['project']): EntryNames['items'] =>
  ruleSet.data.items.map(({ id, name }) => ({ item: id, name: name.zh, name_en: name.en }));

/** What was entered, newest first, in words. */
export async function listEntries(
  { parts, scope, ruleset, locale }: App.Locals,
  scene: Pick<EntryScene, 'project' | 'names'>,
  resource: Resource,
  filter: EntryFilter,
): Promise<EntryRow[]> {
  const own = entryNames(scene);
  // Entries of other rule sets that are kept stand in the same log.
  const others = parts.ruleSets.filter(({ id }) => id !== ruleset).flatMap(({ id }) => itemsOf(parts.acts.project(id)));
  const names = { ...own, items: [...own.items, ...others] };
  const entries = await readEntries(parts.reader, scope, resource, ruleset, filter);
  return entries.map((entry) => entryRow(locale, names, entry));
}
