/** Lists as they are stored, in the layouts that `import` reads. */
import { mayList } from '@hengjian/contract/may-list.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { StoredLists } from '@hengjian/contract/stored-lists.ts';
import { tableKnowledge } from '@hengjian/ingest/commands/table-knowledge.ts';
import { storedList, writerOf } from '@hengjian/ingest/tables/lists/stored-list.ts';
import { namedUnits, ruleLimits } from '@hengjian/models';
import type { Environment, Warehouse } from '@hengjian/warehouse';

/** Layouts and units are read each time: an office may add some while a dashboard runs. */
export function storedLists(
  environment: Pick<Environment, 'dataDir' | 'ruleset'>,
  warehouse: Pick<Warehouse, 'query' | 'stream'>,
): StoredLists {
  const knowledge = () => {
    const units = namedUnits(environment);
    const known = tableKnowledge(environment.dataDir, { units: () => units, limits: () => ruleLimits(environment) });
    const names = new Map(units.map(({ id, name }) => [id, name]));
    const lists = known.layouts.flatMap((layout) => {
      const writer = layout.template && writerOf(layout);
      return writer ? [{ layout, writer }] : [];
    });
    return { lists, units: known.units, nameOf: (unit: string) => names.get(unit) ?? unit };
  };
  return {
    async kinds(scope) {
      const { lists } = knowledge();
      const open = lists.filter(({ writer }) => mayList(scope, writer.types));
      const stored = await storedTypes(
        warehouse,
        [...new Set(open.flatMap(({ writer }) => writer.types))],
        scope.units,
      );
      return open
        .filter(({ writer }) => writer.types.some((type) => stored.has(type) && !writer.beside?.includes(type)))
        .map(({ layout: { id, title } }) => ({ id, zh: title.zh, en: title.en }));
    },
    list(id, scope) {
      const known = knowledge();
      const found = known.lists.find(({ layout }) => layout.id === id);
      if (!found || !mayList(scope, found.writer.types)) return undefined;
      return storedList(warehouse, found.layout, found.writer, scope.units, known);
    },
  };
}

/** Of each type one row is looked for, by the front of the sorting key: to ask for all types that there are reads the whole log. */
async function storedTypes(
  warehouse: Pick<Warehouse, 'query'>,
  types: readonly string[],
  units: Scope['units'],
): Promise<Set<string>> {
  if (types.length === 0) return new Set();
  const ofUnits = units === 'all' ? '' : ' AND department IN {units:Array(String)}';
  const one = (_: string, index: number) =>
    `(SELECT toString(type) AS stored FROM events WHERE type = {type${index}:String}${ofUnits} LIMIT 1)`;
  const rows = await warehouse.query<{ stored: string }>(types.map(one).join('\nUNION ALL '), {
    ...Object.fromEntries(types.map((type, index) => [`type${index}`, type])),
    ...(units === 'all' ? {} : { units }),
  });
  return new Set(rows.map(({ stored }) => stored));
}
