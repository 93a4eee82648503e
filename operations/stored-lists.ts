/** Lists as they are stored, in the layouts that `import` reads. */
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
    async kinds({ units }) {
      const all = units === 'all';
      const rows = await warehouse.query<{ type: string }>(
        `SELECT DISTINCT toString(type) AS type FROM events
         WHERE {all:Bool} OR has({units:Array(String)}, toString(department))`,
        { all, units: all ? [] : units },
      );
      const stored = new Set(rows.map(({ type }) => type));
      return knowledge()
        .lists.filter(({ writer }) => writer.types.some((type) => stored.has(type)))
        .map(({ layout: { id, title } }) => ({ id, zh: title.zh, en: title.en }));
    },
    list(id, reach) {
      const known = knowledge();
      const found = known.lists.find(({ layout }) => layout.id === id);
      return found && storedList(warehouse, found.layout, found.writer, reach, known);
    },
  };
}
