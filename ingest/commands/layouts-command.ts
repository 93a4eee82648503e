/** `layouts`, `layouts check FILE`: the tables that are recognised. */
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import type { ColumnSpelling, Layout } from '../tables/layouts/layout.ts';
import { checkLayoutFile, LayoutError, layoutsDirectory, loadLayouts } from '../tables/layouts/load-layouts.ts';
import { READINGS } from '../tables/layouts/readings.ts';

export function registerLayoutsCommand(program: Command, { environment, stdout }: CommandContext): void {
  const layouts = program
    .command('layouts')
    .description('the tables that "import" recognises')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => {
      const known = expecting(() => loadLayouts(environment.dataDir));
      if (json) stdout.write(`${JSON.stringify(known.map(asJson))}\n`);
      else for (const layout of known) stdout.write(described(layout));
    });

  layouts
    .command('check')
    .description('checks a layout file; in the directory "layouts" of the data directory it is used')
    .argument('<file>', 'YAML')
    .action((file: string) => {
      const layout = expecting(() => checkLayoutFile(file, environment.dataDir));
      stdout.write(layout ? described(layout) : `${file} is good; it is only extended by other layouts.\n`);
      stdout.write(`${file} is a good layout. It is used once it lies in ${layoutsDirectory(environment.dataDir)}.\n`);
    });
}

/** @throws CommandError for a layout file that is wrong */
function expecting<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof LayoutError) throw new CommandError(error.message, 2);
    throw error;
  }
}

function described({ id, title, rows, file, required, oneOf, columns, lines }: Layout): string {
  const mandatory = new Set([...required]);
  const head = `${id}  ${title.zh} · ${title.en} (${READINGS[rows].en})${file ? `  ${file}` : ''}\n`;
  const each = [...columns].map(([name, spelling]) => {
    const must = mandatory.has(name) ? '!' : oneOf.includes(name) ? '(!)' : '';
    return `    ${name}${must}${lines.has(name) ? '†' : ''}: ${spellings(spelling).join(' ')}\n`;
  });
  return head + each.join('');
}

const spellings = ({ literals, patterns, containing }: ColumnSpelling): string[] => [
  ...literals,
  ...containing.map(({ text, without }) => `…${text}…${without.length > 0 ? ` (without ${without.join(', ')})` : ''}`),
  ...patterns.map(({ source }) => `/${source.slice(4, -2)}/`),
];

const asJson = ({ id, title, rows, required, oneOf, columns, lines, file }: Layout) => ({
  id,
  title,
  rows,
  required,
  one_of: oneOf,
  lines: [...lines.keys()],
  columns: Object.fromEntries([...columns].map(([name, spelling]) => [name, spellings(spelling)])),
  file,
});
