/** `key add | list | revoke` */
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { type IngestKey, rightsOf } from '../edge/keys/ingest-key.ts';
import { createKey, listKeys, revokeKey } from '../edge/keys/key-log.ts';

const mayText = (key: IngestKey): string => {
  const { may } = rightsOf(key);
  return may.length === 0 ? 'acts of units' : `acts of units, ${may.join(', ')}`;
};

const collect = (value: string, before: string[]) => [...before, value];

export function registerKeyCommand(program: Command, context: CommandContext): void {
  const key = program.command('key').description('ingest keys of sending systems');

  key
    .command('add')
    .description('makes a key and prints it once; only its hash is kept')
    .argument('<name>', 'name of the sending system')
    .option('--source <uri>', 'only events of this source (repeatable)', collect, [])
    .option('--unit <id>', 'only events of this unit (repeatable)', collect, [])
    .option(
      '--may <acts>',
      'acts of the office or of the registry too, for a key with --source or --unit: office, registry (repeatable)',
      collect,
      [],
    )
    .action(
      async (name: string, { source: sources, unit: units, may }: Record<'source' | 'unit' | 'may', string[]>) => {
        const made = await createKey(await context.warehouse(), { name, sources, units, may });
        context.stdout.write(`${made}\n`);
        context.stderr.write('This key is shown only now. Send it as "Authorization: Bearer KEY".\n');
      },
    );

  key
    .command('list')
    .description('names the keys and what they may send')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const keys = await listKeys(await context.warehouse());
      if (json) context.stdout.write(`${JSON.stringify(keys)}\n`);
      else if (keys.length === 0) context.stdout.write('There are no keys yet; "key add NAME" makes one.\n');
      else
        for (const { name, sources, units, may, revoked, changed_at } of keys)
          context.stdout.write(
            `${name}\t${revoked ? `revoked ${changed_at}` : `since ${changed_at}`}\t${sources.join(', ') || 'any source'}\t${units.join(', ') || 'any unit'}\t${mayText({ name, sources, units, may })}\n`,
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
