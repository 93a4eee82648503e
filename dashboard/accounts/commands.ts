import { loadProject } from '@hengjian/models';
import { type CommandContext, CommandError, readRunFile } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { type Account, isRole, roles } from './account.ts';
import { findAccount, listAccounts, saveAccount } from './account-store.ts';
import { createSignInToken, linkHours, signInAddress } from './sign-in-link.ts';
import { signOutEverywhere } from './sign-out.ts';
import { skeletonOf } from './similar-name.ts';

const collect = (value: string, all: string[]) => [...all, value];

/** `user add|list|link|disable`. */
export function registerAccountCommands(program: Command, context: CommandContext): void {
  const user = program.command('user').description('accounts of the dashboard');
  userAdd(user, context);
  userList(user, context);
  userLink(user, context);
  userSignOut(user, context);
  userDisable(user, context);
}

async function printLink(context: CommandContext, account: string): Promise<void> {
  const warehouse = await context.warehouse('app');
  const token = await createSignInToken(warehouse, account);
  const { dataDir, dashboardPort, publicUrl } = context.environment;
  const run = readRunFile(dataDir)?.dashboard;
  const base = publicUrl ?? run?.publicUrl ?? run?.url ?? `http://127.0.0.1:${dashboardPort}`;
  context.stderr.write(`One-time sign-in link for ${account} (works once, within ${linkHours} hours):\n`);
  context.stdout.write(`${signInAddress(base, token)}\n`);
}

async function existing(context: CommandContext, name: string): Promise<Account> {
  const account = await findAccount(await context.warehouse('app'), name);
  if (!account) throw new CommandError(`There is no account ${JSON.stringify(name)}; \`user list\` shows all.`);
  return account;
}

function userAdd(user: Command, context: CommandContext): void {
  user
    .command('add')
    .argument('<name>', 'name of the account: letters of any script, digits, ".", "_", "-", at most 64')
    .description('creates an account and prints a one-time sign-in link')
    .option('--role <role>', `${roles.join(', ')}; may be given several times`, collect, [])
    .option('--unit <id>', 'narrows the account to a unit; may be given several times', collect, [])
    .option('--area <code>', 'narrows the account to an area; may be given several times', collect, [])
    .action(async (name: string, options: { role: string[]; unit: string[]; area: string[] }) => {
      const account = newAccount(name, options);
      refuseUnknownUnits(account.units, context);
      const warehouse = await context.warehouse('app');
      const accounts = await listAccounts(warehouse);
      if (accounts.some((known) => known.name === name))
        throw new CommandError(
          `The account ${JSON.stringify(name)} exists already; \`user link ${name}\` gives it a new sign-in link.`,
        );
      const alike = accounts.find((known) => skeletonOf(known.name) === skeletonOf(name));
      if (alike)
        throw new CommandError(
          `${JSON.stringify(name)} looks like the account ${JSON.stringify(alike.name)}; choose a name that nobody can take for it.`,
        );
      await refuseUnknownAreas(account.areas, context);
      await saveAccount(warehouse, account, 'command line');
      await printLink(context, name);
    });
}

function userList(user: Command, context: CommandContext): void {
  user
    .command('list')
    .description('all accounts with roles and scope')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const accounts = await listAccounts(await context.warehouse('app'));
      if (options.json) return void context.stdout.write(`${JSON.stringify(accounts)}\n`);
      if (accounts.length === 0)
        context.stdout.write('No accounts yet: `up` creates the first one and prints its sign-in link.\n');
      for (const { name, roles, units, areas, disabled } of accounts) {
        const scope = [...units, ...areas].join(', ') || 'all units and areas';
        context.stdout.write(`${name}\t${roles.join(', ')}\t${scope}${disabled ? '\tdisabled' : ''}\n`);
      }
    });
}

function userLink(user: Command, context: CommandContext): void {
  user
    .command('link')
    .argument('<name>')
    .description('ends all sessions and earlier links of an account and prints a new one-time sign-in link')
    .action(async (name: string) => {
      const account = await existing(context, name);
      if (account.disabled)
        throw new CommandError(`The account ${JSON.stringify(name)} is disabled; \`user enable ${name}\` first.`);
      await signOutEverywhere(await context.warehouse('app'), name);
      await printLink(context, name);
    });
}

function userSignOut(user: Command, context: CommandContext): void {
  user
    .command('sign-out')
    .argument('<name>')
    .description('ends all sessions and unused sign-in links of an account')
    .action(async (name: string) => {
      await existing(context, name);
      await signOutEverywhere(await context.warehouse('app'), name);
      context.stdout.write(`${name} is signed out everywhere.\n`);
    });
}

function userDisable(user: Command, context: CommandContext): void {
  for (const [verb, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    user
      .command(verb)
      .argument('<name>')
      .description(
        disabled ? 'ends all sessions of an account and refuses new ones' : 'admits a disabled account again',
      )
      .action(async (name: string) => {
        const warehouse = await context.warehouse('app');
        await saveAccount(warehouse, { ...(await existing(context, name)), disabled }, 'command line');
        // Also when it is enabled: sessions from before are not to come back.
        await signOutEverywhere(warehouse, name);
        context.stdout.write(`${name} is ${disabled ? 'disabled' : 'enabled'}.\n`);
      });
  }
}

/** A unit mistyped would give an account that sees nothing. @throws CommandError naming the units there are. */
function refuseUnknownUnits(units: readonly string[], { environment }: CommandContext): void {
  const known = loadProject(environment).ruleSet.data.units.map((unit) => unit.id);
  const unknown = units.find((unit) => !known.includes(unit));
  if (unknown !== undefined)
    throw new CommandError(
      `${JSON.stringify(unknown)} is no unit of the rule set ${environment.ruleset}; its units are ${known.join(', ')}.`,
    );
}

/**
 * An area mistyped would give an account that sees nothing. Which areas there are the events say.
 * @throws CommandError naming the areas there are
 */
async function refuseUnknownAreas(areas: readonly string[], { warehouse, stderr }: CommandContext): Promise<void> {
  if (areas.length === 0) return;
  const reader = await warehouse('app');
  const known = await reader.query<{ area: string }>(
    "SELECT DISTINCT CAST(region AS String) AS area FROM events WHERE region != '' ORDER BY area",
  );
  if (known.length === 0) {
    stderr.write('No event names an area yet, so it cannot be checked whether there are these.\n');
    return;
  }
  const unknown = areas.find((area) => !known.some((one) => one.area === area));
  if (unknown === undefined) return;
  const named = known.slice(0, 20).map(({ area }) => area);
  throw new CommandError(
    `No event names an area ${JSON.stringify(unknown)}; the areas are ${named.join(', ')}${known.length > 20 ? `, and ${known.length - 20} more` : ''}.`,
  );
}

/** @throws CommandError for a name, role or scope that cannot be. */
function newAccount(name: string, options: { role: string[]; unit: string[]; area: string[] }): Account {
  if (!/^[\p{L}\p{N}._-]{1,64}$/u.test(name))
    throw new CommandError(
      `${JSON.stringify(name)} is no account name: 1–64 letters of any script, digits, ".", "_", "-".`,
    );
  const unknown = options.role.find((role) => !isRole(role));
  if (unknown !== undefined)
    throw new CommandError(`${JSON.stringify(unknown)} is no role; the roles are ${roles.join(', ')}.`);
  const given = options.role.filter(isRole);
  if (given.length === 0) throw new CommandError(`Give the account a role: --role ${roles.join('|')}.`);
  if (given.includes('unit') && options.unit.length === 0)
    throw new CommandError('The role unit needs its unit: add --unit ID (see the ids in `score QUARTER`).');
  return { name, roles: [...new Set(given)], units: options.unit, areas: options.area, disabled: false };
}
