/** `key add | list | revoke` */
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { createKey, listKeys, revokeKey } from '../edge/keys/key-log.ts';

const collect = (value: string, before: string[]) => [...before, value];

export function registerKeyCommand(program: Command, context: CommandContext): void {
  const key = program.command('key').description('ingest keys of sending systems');

  key
    .command('add')
    .description('makes a key and prints it once; only its hash is kept')
    .argument('<name>', 'name of the sending system')
    .option('--source <uri>', 'only events of this source')
    .option('--unit <id>', 'only events of this unit (repeatable)', collect, [])
    .action(async (name: string, options: { source?: string; unit: string[] }) => {
      const made = await createKey(await context.warehouse(), { name, source: options.source, units: options.unit });
      context.stdout.write(`${made}\n`);
      context.stderr.write('This key is shown only now. Send it as "Authorization: Bearer KEY".\n');
    });

  key
    .command('list')
    .description('names the keys and what they may send')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const keys = await listKeys(await context.warehouse());
      if (json) context.stdout.write(`${JSON.stringify(keys)}\n`);
      else if (keys.length === 0) context.stdout.write('There are no keys yet; "key add NAME" makes one.\n');
      else
        for (const { name, source, units, revoked, changed_at } of keys)
          context.stdout.write(
            `${name}\t${revoked ? `revoked ${changed_at}` : `since ${changed_at}`}\t${source || 'any source'}\t${units.join(', ') || 'any unit'}\n`,
          );
    });

  key
    .command('revoke')
    .description('ends a key within seconds')
    .argument('<name>', 'name of the key')
    .action(async (name: string) => {
      await revokeKey(await context.warehouse(), name);
      context.stdout.write(`The key ${name} is revoked.\n`);
    });
}
