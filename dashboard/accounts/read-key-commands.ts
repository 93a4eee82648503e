import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { accountProblemText, knownScope } from './commands.ts';
import { mostReadKeyDays, readKeyDays, readKeyRoles } from './read-key.ts';
import { addReadKey, endReadKey, listReadKeys } from './read-key-store.ts';

const collect = (value: string, all: string[]) => [...all, value];

/** `readkey add|list|revoke`. */
export function registerReadKeyCommands(program: Command, context: CommandContext): void {
  const readkey = program.command('readkey').description('keys by which other systems and spreadsheets read figures');
  readKeyAdd(readkey, context);
  readkey
    .command('list')
    .description('names the read keys and what they may see')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const keys = await listReadKeys(await context.warehouse('app'));
      if (json) return void context.stdout.write(`${JSON.stringify(keys)}\n`);
      if (keys.length === 0)
        context.stdout.write('There are no read keys yet; "readkey add NAME --role ROLE" makes one.\n');
      for (const { name, roles, units, areas, revoked, expired, expires_at } of keys) {
        const scope = [...units, ...areas].join(', ') || 'all units and areas';
        const state = revoked ? 'revoked' : `${expired ? 'expired' : 'until'} ${expires_at.slice(0, 16)}`;
        context.stdout.write(`${name}\t${roles.join(', ')}\t${scope}\t${state}\n`);
      }
    });
  readkey
    .command('revoke')
    .description('ends a read key within seconds')
    .argument('<name>', 'name of the key')
    .action(async (name: string) => {
      if (!(await endReadKey(await context.warehouse('app'), name, 'command line')))
        throw new CommandError(`There is no read key named ${name}; "readkey list" names them.`);
      context.stdout.write(`The read key ${name} is revoked.\n`);
    });
}

function readKeyAdd(readkey: Command, context: CommandContext): void {
  readkey
    .command('add')
    .description('makes a read key and prints it once; only its hash is kept')
    .argument('<name>', 'name of the reading system')
    .option('--role <role>', `sees what this role sees: ${readKeyRoles.join(', ')}`, collect, [])
    .option('--unit <id>', 'narrows it to a unit; may be given several times', collect, [])
    .option('--area <code>', 'narrows it to an area; may be given several times', collect, [])
    .option('--days <n>', `how long it counts, 1–${mostReadKeyDays}`, String(readKeyDays))
    .action(async (name: string, options: { role: string[]; unit: string[]; area: string[]; days: string }) => {
      const days = Number(options.days);
      if (!Number.isInteger(days) || days < 1 || days > mostReadKeyDays)
        throw new CommandError(
          `--days takes a whole number from 1 to ${mostReadKeyDays}, not ${JSON.stringify(options.days)}.`,
        );
      const draft = { name, roles: options.role, units: options.unit, areas: options.area };
      const warehouse = await context.warehouse('app');
      const made = await addReadKey(warehouse, draft, await knownScope(draft, context), days, 'command line');
      if (!made.ok) {
        const [problem] = made.problems;
        const taken = `There is a read key ${JSON.stringify(name)} already; revoke it first (readkey revoke ${name}) or choose another name.`;
        throw new CommandError(problem!.reason === 'name_taken' ? taken : accountProblemText(problem!, context));
      }
      context.stdout.write(`${made.key}\n`);
      context.stderr.write(
        'This key is shown only now. Send it as "Authorization: Bearer KEY" to /api/v1 and downloads.\n',
      );
    });
}
