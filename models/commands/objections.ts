/** `draft show` and `objection file|answer|withdraw|list` (publication.md §5). */
import type { CommandContext } from '@hengjian/warehouse';
import { CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import {
  type Acting,
  answerObjection,
  fileObjection,
  OUTCOMES,
  showDraft,
  withdrawObjection,
} from '../objections/act-on-objections.ts';
import { type Objection, readAllObjections, readObjections } from '../objections/read-objections.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { periodOrError } from '../scoring/score-quarter.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { languageOf } from './language.ts';
import { type PlaceNames, placeNames } from './place-names.ts';
import { textTable } from './text-table.ts';
import { writeAsProduct } from './write-as-product.ts';

interface Options {
  json?: boolean;
  ruleset?: string;
}

const HEAD = {
  zh: ['编号', '季度', '单位', '指标', '状态', '提出', '答复期限', '处理', '理由'],
  en: ['id', 'quarter', 'unit', 'item', 'state', 'filed', 'answer until', 'outcome', 'grounds'],
} as const;

export function registerObjectionCommands(program: Command, context: CommandContext): void {
  const draft = program.command('draft').description('drafts of quarters, as units see them');
  draft
    .command('show')
    .description(
      'show the draft of a quarter (or of a month or year that the rule set keeps) to the units: opens the window for objections',
    )
    .argument('<quarter>', 'for example 2025Q2, 2025-04, 2025')
    .option('--ruleset <id>', 'under another rule set')
    .option('--json', 'print JSON only')
    .action((quarter: string, options: Options) =>
      withExpectedErrors(async () => {
        const { shownOn, plainUntil, until } = await showDraft(await actingOf(context, options), quarter);
        const late = until === plainUntil ? '' : ` (units that an outage covers: up to ${until})`;
        context.stdout.write(
          options.json
            ? `${JSON.stringify({ quarter, shown_on: shownOn, until: plainUntil, latest_until: until })}\n`
            : `The draft of ${quarter} is shown as of ${shownOn}; units may object up to ${plainUntil}${late}.\n`,
        );
      }),
    );
  const objection = program.command('objection').description('objections of departments against their own scores');
  registerFile(objection, context);
  registerAnswer(objection, context);
  registerWithdraw(objection, context);
  registerList(objection, context);
}

function registerFile(objection: Command, context: CommandContext): void {
  objection
    .command('file')
    .description('take an objection on the record')
    .argument('<quarter>', 'for example 2025Q2, 2025-04, 2025')
    .argument('<unit>', 'the unit that objects, to its own score')
    .argument('<item>', 'item id, for example claim')
    .requiredOption('--grounds <text>', 'why the score is wrong')
    .option(
      '--row <kind:key>',
      'a lost row that it is about, for example unclaimed:P7-12; may be repeated',
      collect,
      [],
    )
    .option('--ruleset <id>', 'to the score under another rule set')
    .option('--json', 'print JSON only')
    .action((quarter: string, unit: string, item: string, options: Options & { grounds: string; row: string[] }) =>
      withExpectedErrors(async () => {
        const acting = await actingOf(context, options);
        await refresh(acting.warehouse, acting.project, { quarters: [periodOrError(quarter).id] });
        const filing = { quarter, unit, item, grounds: options.grounds, rows: options.row.map(rowOf) };
        const { objectionId, answerUntil } = await fileObjection(acting, filing, 'all');
        context.stdout.write(
          options.json
            ? `${JSON.stringify({ objection_id: objectionId, answer_until: answerUntil })}\n`
            : `Objection ${objectionId} is on the record; ${answerUntil === null ? 'the day by which the office answers is known once the holiday notice of the coming year is loaded' : `the office answers by ${answerUntil}`}.\n`,
        );
      }),
    );
}

function registerAnswer(objection: Command, context: CommandContext): void {
  objection
    .command('answer')
    .description('answer an objection; numbers change by events or a correction only')
    .argument('<id>', 'as `objection list` prints it')
    .requiredOption('--outcome <outcome>', OUTCOMES.join(', '))
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print JSON only')
    .action((id: string, options: Options & { outcome: string; reason: string }) =>
      withExpectedErrors(async () => {
        const { answerUntil, inTime } = await answerObjection(
          await actingOf(context),
          id,
          options.outcome,
          options.reason,
        );
        const late = inTime ? '' : ` It was due by ${answerUntil}.`;
        context.stdout.write(
          options.json
            ? `${JSON.stringify({ objection_id: id, outcome: options.outcome, in_time: inTime })}\n`
            : `Objection ${id} is answered: ${options.outcome}.${late}\n`,
        );
      }),
    );
}

function registerWithdraw(objection: Command, context: CommandContext): void {
  objection
    .command('withdraw')
    .description('take an objection back')
    .argument('<id>', 'as `objection list` prints it')
    .action((id: string) =>
      withExpectedErrors(async () => {
        await withdrawObjection(await actingOf(context), id, 'all');
        context.stdout.write(`Objection ${id} is withdrawn.\n`);
      }),
    );
}

function registerList(objection: Command, context: CommandContext): void {
  objection
    .command('list')
    .description('objections, oldest first')
    .argument('[quarter]', 'of one quarter')
    .option('--open', 'only those that wait for an answer')
    .option('--ruleset <id>', 'to scores under this rule set')
    .option('--json', 'print JSON only')
    .action((quarter: string | undefined, options: Options & { open?: boolean }) =>
      withExpectedErrors(async () => {
        if (quarter !== undefined) periodOrError(quarter);
        const { warehouse, project } = await actingOf(context, options);
        const read = options.ruleset === undefined ? readAllObjections : readObjections;
        const all = (await read(warehouse, project)).filter((one) => quarter === undefined || one.quarter === quarter);
        const shown = options.open ? all.filter(({ state }) => state === 'open') : all;
        context.stdout.write(
          options.json
            ? `${JSON.stringify(shown.map(printed))}\n`
            : listText(shown, placeNames({ ...context.environment, asked: options.ruleset }, languageOf())),
        );
      }),
    );
}

/** @throws RuleSetError for an unknown rule set */
async function actingOf(context: CommandContext, { ruleset }: Options = {}): Promise<Acting> {
  return {
    warehouse: await context.warehouse('app'),
    project: loadProject({ ...context.environment, asked: ruleset }),
    write: writeAsProduct(context),
  };
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** @throws CommandError where there is no colon */
function rowOf(text: string): { kind: string; key: string } {
  const at = text.indexOf(':');
  if (at < 1 || at === text.length - 1)
    throw new CommandError(`--row ${JSON.stringify(text)} is not KIND:KEY, for example unclaimed:P7-12.`);
  return { kind: text.slice(0, at), key: text.slice(at + 1) };
}

function printed(objection: Objection): object {
  return {
    objection_id: objection.objectionId,
    ruleset: objection.ruleset,
    quarter: objection.quarter,
    unit: objection.unit,
    item: objection.item,
    rows: objection.rows,
    grounds: objection.grounds,
    filed_at: objection.filedAt,
    answer_until: objection.answerUntil,
    state: objection.state,
    outcome: objection.outcome,
    reason: objection.reason,
    answered_at: objection.answeredAt,
  };
}

function listText(objections: readonly Objection[], names: PlaceNames): string {
  if (objections.length === 0) return 'No objections.\n';
  const rows = objections.map((one) => [
    one.objectionId,
    one.quarter,
    names.unit(one.unit),
    names.item(one.item),
    one.state,
    one.filedAt.slice(0, 16).replace('T', ' '),
    one.answerUntil ?? '–',
    one.outcome ?? '–',
    one.grounds,
  ]);
  return `${textTable(HEAD[languageOf()], rows)}\n`;
}
