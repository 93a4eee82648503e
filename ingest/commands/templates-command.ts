/** `templates`: empty tables for people to fill in, which "import" reads. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { entryFamilies } from '../tables/entries/entry-layouts.ts';
import type { RuleSetKnowledge } from './register-ingest-commands.ts';
import { tableKnowledge } from './table-knowledge.ts';

export function registerTemplatesCommand(program: Command, context: CommandContext, ruleSets: RuleSetKnowledge): void {
  program
    .command('templates')
    .description(
      'writes an empty table (xlsx) for each list that people fill in, and for each family of what else they enter; "import" reads them',
    )
    .argument('[directory]', 'where to', 'templates')
    .action(async (directory: string) => {
      const { layouts } = tableKnowledge(context.environment.dataDir, ruleSets);
      const words = { units: ruleSets.units().map(({ name }) => name), marks: ruleSets.limits().marks };
      // Loaded here, since no other command needs the library.
      const { writeTemplate, writeTemplates } = await import('../tables/templates/write-template.ts');
      mkdirSync(directory, { recursive: true });
      for (const layout of layouts) {
        if (!layout.template || layout.entry) continue;
        const path = join(directory, `${layout.id} ${layout.title.zh}.xlsx`);
        write(path, await writeTemplate(layout, words));
        context.stdout.write(`${path}\n`);
      }
      for (const { id, title, layouts: ofFamily } of entryFamilies()) {
        const path = join(directory, `${id} ${title.zh}.xlsx`);
        write(path, await writeTemplates(ofFamily, words));
        context.stdout.write(`${path}\n`);
      }
    });
}

/** What somebody has filled in already is not written over. */
function write(path: string, content: Buffer): void {
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(
      code === 'EEXIST' ? `${path} exists already; name another directory.` : `${path} cannot be written: ${message}`,
      2,
    );
  }
}
