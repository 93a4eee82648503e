import { loadProject } from '@hengjian/models';
import { type CommandContext, CommandError, readRunFile } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { type Account, roles } from './account.ts';
import { findAccount, listAccounts, saveAccount } from './account-store.ts';
import {
  type AccountDraft,
  type AccountProblem,
  accountOf,
  checkNewAccount,
  type KnownScope,
} from './check-account.ts';
import { knownAreas } from './known-areas.ts';
import { createSignInToken, linkHours, signInAddress } from './sign-in-link.ts';
import { signOutEverywhere } from './sign-out.ts';

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
      const warehouse = await context.warehouse('app');
      const draft = { name, roles: options.role, units: options.unit, areas: options.area };
      const [problem] = checkNewAccount(draft, await knownScope(draft, context), await listAccounts(warehouse));
      if (problem) throw new CommandError(accountProblemText(problem, context));
      const account = accountOf(draft);
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

/** What the command line may name: units of the rule set, areas that are known. */
export async function knownScope(
  { areas }: Pick<AccountDraft, 'areas'>,
  { environment, warehouse }: CommandContext,
): Promise<KnownScope> {
  const { units } = loadProject(environment).ruleSet.data;
  const ids = units.map(({ id }) => id);
  if (areas.length === 0) return { units: ids, areas: [] };
  return { units: ids, areas: await knownAreas(await warehouse('app'), environment.dataDir, units) };
}

/** As the command line says it. */
export function accountProblemText({ reason, value, known }: AccountProblem, { environment }: CommandContext): string {
  const shown = JSON.stringify(value);
  switch (reason) {
    case 'name_form':
      return `${shown} is no account name: 1–64 letters of any script, digits, ".", "_", "-".`;
    case 'name_taken':
      return `The account ${shown} exists already; \`user link ${value}\` gives it a new sign-in link.`;
    case 'name_alike':
      return `${shown} looks like the account ${JSON.stringify(known[0])}; choose a name that nobody can take for it.`;
    case 'role_unknown':
      return `${shown} is no role; the roles are ${known.join(', ')}.`;
    case 'role_missing':
      return `Give the account a role: --role ${known.join('|')}.`;
    case 'unit_missing':
      return 'The role unit needs its unit: add --unit ID (see the ids in `score QUARTER`).';
    case 'unit_unknown':
      return `${shown} is no unit of the rule set ${environment.ruleset}; its units are ${known.join(', ')}.`;
    case 'area_unknown': {
      const more = known.length > 20 ? `, and ${known.length - 20} more` : '';
      const there = known.length > 0 ? `The areas are ${known.slice(0, 20).join(', ')}${more}.` : 'There are none yet.';
      return `${shown} is no area that an event, the registry of areas or a unit of the rule set names; put it into areas.csv in the data directory (page /registries) if it is one. ${there}`;
    }
  }
}
