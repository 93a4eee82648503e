import { CommandError } from '@hengjian/warehouse';
import { entryLayouts } from '../tables/entries/entry-layouts.ts';
import type { TableKnowledge } from '../tables/import/open-table.ts';
import { LayoutError, loadLayouts } from '../tables/layouts/load-layouts.ts';
import { UnitNames, UnitNamesError } from '../tables/rows/unit-names.ts';
import type { RuleSetKnowledge } from './register-ingest-commands.ts';

/** Layouts and names of units, with what the office added. @throws CommandError for a file of the office that is wrong */
export function tableKnowledge(dataDir: string, { units, limits }: RuleSetKnowledge): TableKnowledge {
  try {
    return {
      layouts: [...loadLayouts(dataDir), ...entryLayouts()],
      units: new UnitNames(units(), dataDir),
      limits: limits(),
    };
  } catch (error) {
    if (error instanceof LayoutError || error instanceof UnitNamesError) throw new CommandError(error.message, 2);
    throw error;
  }
}
