/** `templates`: empty tables for people to fill in, which "import" reads. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import type { RuleSetKnowledge } from './register-ingest-commands.ts';
import { tableKnowledge } from './table-knowledge.ts';

export function registerTemplatesCommand(program: Command, context: CommandContext, ruleSets: RuleSetKnowledge): void {
  program
    .command('templates')
    .description('writes an empty table (xlsx) for each list that people fill in; "import" reads them')
    .argument('[directory]', 'where to', 'templates')
    .action(async (directory: string) => {
      const { layouts } = tableKnowledge(context.environment.dataDir, ruleSets);
      const units = ruleSets.units().map(({ name }) => name);
      // Loaded here, since no other command needs the library.
      const { writeTemplate } = await import('../tables/templates/write-template.ts');
      mkdirSync(directory, { recursive: true });
      for (const layout of layouts) {
        if (!layout.template) continue;
        const path = join(directory, `${layout.id} ${layout.title.zh}.xlsx`);
        write(path, await writeTemplate(layout, units));
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
