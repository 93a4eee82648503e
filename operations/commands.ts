/** `up`, `status`, `doctor`. */
import { CITY_IDS } from '@hengjian/generator';
import { type CommandContext, CommandError, UNAVAILABLE } from '@hengjian/warehouse';
import { type Command, Option } from 'commander';
import { doctor } from './doctor.ts';
import { readStatus } from './status/status.ts';
import { statusLines } from './status/status-lines.ts';
import { demoDirectory } from './up/demo-directory.ts';
import { type UpOptions, up } from './up/up.ts';

export function registerOperationCommands(program: Command, context: CommandContext): void {
  const print = (line: string) => void context.stdout.write(`${line}\n`);

  program
    .command('up')
    .description('starts everything: engine, ingest, workers (with Kafka), scheduler, dashboard; Ctrl-C stops it')
    .option('--only <parts>', 'only these parts: ingest, worker, scheduler, dashboard (comma-separated)')
    .addOption(
      new Option(
        '--demo [city]',
        'with a generated demo district, in a data directory of its own; with a city, one whose rule set has no points',
      ).choices([...CITY_IDS]),
    )
    .action((options: UpOptions) => {
      const { environment } = context;
      const { demo } = options;
      if (!demo) return up(options, environment, print);
      const city = demo === true ? undefined : demo;
      const dataDir = demoDirectory(environment.dataDir, city);
      return up(options, { ...environment, dataDir, ...(city ? { ruleset: city } : {}) }, print);
    });

  program
    .command('status')
    .description('what needs attention, how many events, what was refused, how current the scores are')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const status = await readStatus(context.environment, () => context.warehouse());
      if (options.json) print(JSON.stringify(status));
      else for (const line of statusLines(status)) print(line);
      // Scripts and health checks ask whether it works at all; anything less is no failure of the command.
      if (status.engine === null) throw new CommandError(status.problems[0]!.text, UNAVAILABLE);
    });

  program
    .command('schemas')
    .description(
      'prints the description of the interfaces: the event log as AsyncAPI, or the HTTP interfaces as OpenAPI',
    )
    .argument('<document>', 'asyncapi or openapi')
    .action(async (name: string) => {
      // Other commands need not load what the pages ask for.
      const { printSchemas } = await import('./print-schemas.ts');
      printSchemas(name, context);
    });

  program
    .command('doctor')
    .description('checks the installation and says what is wrong')
    .action(async () => {
      const findings = await doctor(context.environment);
      const mark = { ok: '✓', note: '·', wrong: '✗' };
      for (const { check, state, message } of findings) print(`${mark[state]} ${check.padEnd(16)} ${message}`);
      const bad = findings.filter((finding) => finding.state === 'wrong').length;
      if (bad > 0)
        throw new CommandError(`${bad} ${bad === 1 ? 'thing is' : 'things are'} wrong; see the lines marked ✗.`);
    });
}
