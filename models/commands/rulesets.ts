import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from '@hengjian/warehouse';
import { CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { diffRuleSets } from '../ruleset/diff-rule-sets.ts';
import { findRuleSet, loadRuleSets, readRuleSetFile } from '../ruleset/load-rule-sets.ts';
import { examplesFileOf, newRuleSet } from '../ruleset/new-rule-set.ts';
import { type RuleSet, versionsOf } from '../ruleset/rule-set.ts';
import { versionSeams } from '../ruleset/version-seams.ts';
import { readWorkedExamples } from '../ruleset/worked-examples.ts';
import { loadProject } from '../runner/project.ts';
import { type ExampleResult, runWorkedExamples } from '../scoring/run-worked-examples.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { languageOf } from './language.ts';
import { registerRuleSetsWhatIf } from './rulesets-whatif.ts';
import { textTable } from './text-table.ts';

export function registerRuleSetsCommand(program: Command, context: CommandContext): void {
  const { dataDir } = context.environment;
  const rulesets = program
    .command('rulesets')
    .description('the rule sets at hand')
    .option('--json', 'print JSON only')
    .action((options: { json?: boolean }) =>
      withExpectedErrors(() => {
        const sets = [...loadRuleSets(dataDir).values()].flatMap(versionsOf);
        if (options.json) {
          context.stdout.write(`${JSON.stringify(sets.map(summary))}\n`);
          return;
        }
        const language = languageOf();
        const head = ['id', 'version', 'from', 'to', 'hash', 'name'];
        const rows = sets.map((set) => {
          const { from, to } = set.data.in_force;
          return [set.id, set.version, from ?? '–', to ?? '–', set.hash.slice(0, 12), set.data.name[language]];
        });
        context.stdout.write(`${textTable(head, rows)}\n`);
      }),
    );
  rulesetsCheck(rulesets, context);
  rulesetsDiff(rulesets, context);
  rulesetsNew(rulesets, context);
  rulesetsTest(rulesets, context);
  registerRuleSetsWhatIf(rulesets, context, (idOrFile) => ruleSetOf(idOrFile, dataDir));
}

function rulesetsCheck(rulesets: Command, context: CommandContext): void {
  rulesets
    .command('check')
    .description('check a rule set file')
    .argument('<file>', 'or the id of one in the data directory')
    .action((asked: string) =>
      withExpectedErrors(() => {
        const own = join(context.environment.dataDir, 'rulesets', `${asked}.yaml`);
        const file = !existsSync(asked) && existsSync(own) ? own : asked;
        const set = readRuleSetFile(file);
        context.stdout.write(
          `${file} is a usable rule set: ${set.id} ${set.version}, ${set.data.items.length} items, ${set.data.units.length} units, SHA-256 ${set.hash}\n`,
        );
        const earlier = versionBefore(set, context.environment.dataDir);
        for (const { parameter, from, before, assumed, after } of earlier ? versionSeams(earlier, set) : [])
          context.stderr.write(
            `Note: until ${from} version ${earlier!.version} has ${parameter} ${before}, and this file ${assumed}. What begins before that day and is due after it would be counted in no quarter or in two; say both here: \`${parameter}: [{ value: ${before} }, { from: ${from}, value: ${after} }]\` (docs/rule-sets.md §3).\n`,
          );
      }),
    );
}

/** The version of the same rule set in the data directory that this one follows. */
function versionBefore({ id, data }: RuleSet, dataDir: string): RuleSet | undefined {
  const known = loadRuleSets(dataDir, () => true).get(id);
  const fromOf = ({ data: { in_force } }: Pick<RuleSet, 'data'>) => in_force.from ?? '';
  return known && versionsOf(known).findLast((one) => fromOf(one) < fromOf({ data }));
}

function rulesetsDiff(rulesets: Command, context: CommandContext): void {
  const { dataDir } = context.environment;
  rulesets
    .command('diff')
    .description('what differs between two rule sets (ids or files)')
    .argument('<a>')
    .argument('<b>')
    .action((a: string, b: string) =>
      withExpectedErrors(() => {
        const lines = diffRuleSets(ruleSetOf(a, dataDir), ruleSetOf(b, dataDir), { days: true });
        context.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : 'They are the same.\n');
      }),
    );
}

function rulesetsNew(rulesets: Command, context: CommandContext): void {
  const { dataDir } = context.environment;
  rulesets
    .command('new')
    .description('begin a rule set of your own as a copy of another one')
    .argument('<id>')
    .requiredOption('--from <id>', 'the rule set (id or file) to copy')
    .action((id: string, { from }: { from: string }) =>
      withExpectedErrors(() => {
        const [file, examples] = newRuleSet(id, ruleSetOf(from, dataDir), dataDir);
        context.stdout.write(
          `${file}\n${examples ? `${examples}\n` : ''}Change it, then \`hengjian rulesets check ${file}\` and \`hengjian rulesets diff ${from} ${id}\` (docs/rule-sets.md).\n`,
        );
      }),
    );
}

function rulesetsTest(rulesets: Command, context: CommandContext): void {
  const { dataDir } = context.environment;
  rulesets
    .command('test')
    .description('run the worked examples that stand beside a rule set')
    .argument('<rule set>', 'id or file')
    .option('--json', 'print JSON only')
    .action((idOrFile: string, { json }: { json?: boolean }) =>
      withExpectedErrors(async () => {
        const ruleSet = ruleSetOf(idOrFile, dataDir);
        const examples = readWorkedExamples(examplesFileOf(ruleSet.file));
        const project = { ...loadProject({ dataDir }), ruleSet };
        const results = await runWorkedExamples(await context.warehouse('app'), project, examples);
        context.stdout.write(json ? `${JSON.stringify(results)}\n` : exampleLines(results));
        const wrong = results.flatMap(({ differences }) => differences).length;
        if (wrong > 0)
          throw new CommandError(
            `${wrong} ${wrong === 1 ? 'figure differs' : 'figures differ'}; see the lines marked ✗.`,
          );
      }),
    );
}

function exampleLines(results: readonly ExampleResult[]): string {
  return results
    .flatMap(({ name, quarter, compared, differences }) => [
      `${differences.length === 0 ? '✓' : '✗'} ${quarter} ${name}: ${compared - differences.length} of ${compared} figures`,
      ...differences.map(
        ({ unit, item, expected, found }) =>
          `  ✗ ${unit} ${item}: expected ${expected}, found ${found ?? 'no such item of this unit'}`,
      ),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function ruleSetOf(idOrFile: string, dataDir: string): RuleSet {
  if (/[./\\]/.test(idOrFile) && !existsSync(idOrFile)) throw new CommandError(`There is no file ${idOrFile}.`);
  return existsSync(idOrFile) ? readRuleSetFile(idOrFile) : findRuleSet(idOrFile, dataDir);
}

function summary(set: RuleSet): object {
  const { from, to } = set.data.in_force;
  return {
    id: set.id,
    version: set.version,
    in_force: { from, to },
    hash: set.hash,
    name: set.data.name,
    file: set.file,
  };
}
