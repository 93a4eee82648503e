/** `risk score` and `risk explain`: tiers of a month, and why a subject has its own. */
import { EVERYTHING } from '@hengjian/contract/scope.ts';
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import { writePieces } from '@hengjian/warehouse/write-pieces.ts';
import type { Command } from 'commander';
import { currentMonth } from '../risk/current-month.ts';
import { loadIndicators, readIndicators } from '../risk/indicators/load-indicators.ts';
import { readInspections } from '../risk/queries/read-inspections.ts';
import { readSubjectRisk } from '../risk/queries/read-subject-risk.ts';
import { type OpenTierList, openTiers, readTiers } from '../risk/queries/read-tiers.ts';
import type { RiskAnswer } from '../risk/queries/risk-answer.ts';
import { recordTiers } from '../risk/record-tiers.ts';
import { refreshRisk } from '../risk/refresh-risk.ts';
import { monthBefore, monthsBetween, parseMonth, type RiskMonth } from '../risk/risk-month.ts';
import { writeInspections } from '../risk/write-inspections.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { languageOf } from './language.ts';
import { placeNames } from './place-names.ts';
import { indicatorsText, recordedText, subjectRiskText, tierListText } from './risk-text.ts';
import { writeAsProduct } from './write-as-product.ts';

/** Rows of the table for people; `--json` gives all. */
const SHOWN = 20;

export function registerTierCommands(risk: Command, context: CommandContext): void {
  riskScore(risk, context);
  riskRecord(risk, context);
  riskInspections(risk, context);
  riskIndicators(risk, context);
  riskExplain(risk, context);
}

function riskScore(risk: Command, context: CommandContext): void {
  risk
    .command('score')
    .description('the risk tiers of a month (internal: for allocating supervision, never published)')
    .argument('[month]', 'for example 2025-06; the running month by default')
    .option('--since <month>', 'make the months from this one on, for the history of each subject')
    .option('--top <n>', 'only the riskiest n subjects')
    .option('--json', 'print JSON only')
    .action((text: string | undefined, options: { since?: string; top?: string; json?: boolean }) =>
      withExpectedErrors(async () => {
        const month = monthOrError(text);
        const first = options.since ? monthOrError(options.since) : month;
        if (first.id > month.id) throw new CommandError(`--since ${first.id} is after ${month.id}.`);
        const limit = options.top === undefined ? undefined : countOrError(options.top);
        const warehouse = await context.warehouse('app');
        const set = loadIndicators(context.environment.dataDir);
        await refreshRisk(warehouse, set, { months: monthsBetween(first, month) });
        const filter = { month: month.id, limit: limit ?? (options.json ? undefined : SHOWN) };
        if (options.json)
          return writePieces(
            context.stdout,
            tierListJson(valueOrError(await openTiers(warehouse, EVERYTHING, filter))),
          );
        const list = valueOrError(await readTiers(warehouse, EVERYTHING, filter));
        context.stdout.write(tierListText(list, languageOf(), placeNames(context.environment, languageOf())));
      }),
    );
}

/** One line: the counts, `subjects` last. */
async function* tierListJson({ head, subjects }: OpenTierList): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"subjects":[`;
  let before = '';
  for await (const batch of subjects()) {
    yield before + batch.map((subject) => JSON.stringify(subject)).join();
    before = ',';
  }
  yield ']}\n';
}

function riskRecord(risk: Command, context: CommandContext): void {
  risk
    .command('record')
    .description('writes the tiers of a month into the log (risk.scored, tier.changed), for plans and draws')
    .argument('[month]', 'for example 2025-06; the running month by default')
    .option('--json', 'print JSON only')
    .action((text: string | undefined, options: { json?: boolean }) =>
      withExpectedErrors(async () => {
        const month = monthOrError(text);
        const warehouse = await context.warehouse('app');
        await refreshRisk(warehouse, loadIndicators(context.environment.dataDir), { months: [month] });
        const recorded = await recordTiers(warehouse, writeAsProduct(context), month.id);
        context.stdout.write(options.json ? `${JSON.stringify(recorded)}\n` : recordedText(recorded, languageOf()));
      }),
    );
}

function riskInspections(risk: Command, context: CommandContext): void {
  risk
    .command('inspections')
    .description('past inspections with the tier that stood before each, as a CSV for `risk backtest`')
    .requiredOption('--since <month>', 'first month of inspections')
    .option('--until <month>', 'last month; the running month by default')
    .requiredOption('--out <file>', 'the CSV to write (readable by you only: it holds tiers)')
    .action((options: { since: string; until?: string; out: string }) =>
      withExpectedErrors(async () => {
        const [first, last] = [monthOrError(options.since), monthOrError(options.until)];
        if (first.id > last.id) throw new CommandError(`--since ${first.id} is after --until ${last.id}.`);
        const months = monthsBetween(first, last);
        const warehouse = await context.warehouse('app');
        const set = loadIndicators(context.environment.dataDir);
        await refreshRisk(warehouse, set, { months: [monthBefore(first), ...months] });
        const pairs = months.map((month) => ({ month: month.id, before: monthBefore(month).id }));
        const rows = valueOrError(await readInspections(warehouse, EVERYTHING, pairs));
        writeInspections(options.out, rows);
        context.stdout.write(
          `${JSON.stringify({ inspections: rows.length, by_record: rows.filter(({ probability_of }) => probability_of === 'record').length, file: options.out })}\n`,
        );
      }),
    );
}

function riskIndicators(risk: Command, context: CommandContext): void {
  risk
    .command('indicators')
    .description('what the risk index is made of: events, weights, caps, windows, direct rules')
    .option('--file <file>', 'check and show this file instead of those in force')
    .option('--json', 'print JSON only')
    .action((options: { file?: string; json?: boolean }) => {
      const set = options.file ? readIndicators(options.file) : loadIndicators(context.environment.dataDir);
      context.stdout.write(options.json ? `${JSON.stringify(set)}\n` : indicatorsText(set, languageOf()));
    });
}

function riskExplain(risk: Command, context: CommandContext): void {
  risk
    .command('explain')
    .description('why a subject has its tier, its history, and what would change it')
    .argument('<subject>', 'unified social credit code')
    .option('--month <month>', 'for example 2025-06; the running month by default')
    .option('--json', 'print JSON only')
    .action((subject: string, options: { month?: string; json?: boolean }) =>
      withExpectedErrors(async () => {
        const month = monthOrError(options.month);
        const warehouse = await context.warehouse('app');
        const set = loadIndicators(context.environment.dataDir);
        await refreshRisk(warehouse, set, { months: [month] });
        const found = valueOrError(
          await readSubjectRisk(warehouse, EVERYTHING, set, { subject: subject.toUpperCase(), month: month.id }),
        );
        context.stdout.write(options.json ? `${JSON.stringify(found)}\n` : subjectRiskText(found, languageOf()));
      }),
    );
}

function monthOrError(text: string | undefined): RiskMonth {
  const now = currentMonth();
  if (text === undefined) return now;
  const month = parseMonth(text);
  if (!month) throw new CommandError(`${JSON.stringify(text)} is no month; write it as ${now.id}.`);
  if (month.id > now.id) throw new CommandError(`${month.id} has not begun; the latest month is ${now.id}.`);
  return month;
}

function countOrError(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new CommandError(`--top ${text} is no whole number above 0.`);
  return count;
}

function valueOrError<T>(answer: RiskAnswer<T>): T {
  if (!answer.ok) throw new CommandError(answer.detail);
  return answer.value;
}
