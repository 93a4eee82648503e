/** The index, score or tier already in use, as numbers that rise with risk. */
import { CommandError } from '@hengjian/warehouse';
import { isNumeric } from './column-values.ts';
import { place } from './inspection-rows.ts';
import { isMissing, type Table } from './read-table.ts';

/** Tier letters rise with risk in every published scheme (A low … D or E high). @throws CommandError on any other text */
export function comparedScores(table: Table, column: string): Float64Array {
  const numeric = isNumeric(table, column);
  return Float64Array.from(table.columns.get(column)!, (text, row) => {
    if (isMissing(text))
      throw new CommandError(
        `${place(table, row)}: ${column} is empty; what is compared must be there for each row, else leave compare out of the mapping.`,
      );
    if (numeric) return Number(text);
    if (!/^[A-Z]$/.test(text))
      throw new CommandError(
        `${place(table, row)}: ${JSON.stringify(text)} in ${column} is neither a number nor a tier letter.`,
      );
    return text.charCodeAt(0);
  });
}
