/** Items whose measure counts for the holder of a duty (holder(e, duty) of rulesets.md §1), and that name none or several. */
import { measuresOf } from './bindings.ts';
import type { Catalogue } from './catalogue.ts';
import type { RuleSetText } from './schema.ts';

/** How a measure names the duty whose holder it looks for. */
const OF_HOLDER = "var('ITEM.duties')[1]";

export function holderProblems(rules: RuleSetText, catalogue: Catalogue): string[] {
  return rules.items
    .filter(({ on, duty }) => on !== false && duty.length !== 1)
    .flatMap(({ id, duty, parts }) =>
      [...new Set(parts.flatMap((part) => measuresOf(catalogue, part)))].flatMap((measure) =>
        catalogue.measures.get(measure)?.sql.includes(OF_HOLDER)
          ? [
              `item ${id} counts ${measure}, which looks for the holder of the item’s duty; name one duty, not ${duty.join(' and ') || 'none'}`,
            ]
          : [],
      ),
    );
}
