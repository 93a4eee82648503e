/** `draw assign` and `draw recuse`: the teams that visit drawn subjects. */
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { drawTeams, type ReadLists, readLists, recuseFromTeams } from '../assignment/assign-from-lists.ts';
import type { AssignmentInput } from '../assignment/assign-inspectors.ts';
import type { AssignmentRecord } from '../assignment/assignment-record.ts';
import { readAssignmentRecord } from '../assignment/read-assignment-record.ts';
import { groundOf } from '../assignment/read-library.ts';
import { DrawError } from '../draw/draw-error.ts';
import type { DrawRecord } from '../draw/draw-record.ts';
import { noteRecusal, noteTeams } from '../draw/task/note-teams.ts';
import { repeatTaskDraw } from '../draw/task/run-task-draw.ts';
import { verifyRecord } from '../draw/verify-record.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { readJsonFile, readTextFile } from './read-input.ts';
import { textTable } from './text-table.ts';
import { writeAsProduct } from './write-as-product.ts';

interface Files {
  subjects: string;
  inspectors: string;
  recusals?: string;
}

const SUBJECTS = [
  '--subjects <file>',
  'the drawn subjects: TSV with id, and area, specialty, team, expert if wanted',
] as const;
const INSPECTORS = [
  '--inspectors <file>',
  'the library: TSV with id, certificate, valid_until, and active, specialties, areas, home_area, lead, expert, load, max_load',
] as const;
const RECUSALS = ['--recusals <file>', 'TSV with subject, inspector, ground (declared, last_time, relation)'] as const;

export function registerAssignCommands(draw: Command, context: CommandContext): void {
  const { stdout } = context;
  draw
    .command('assign')
    .description('draw the inspectors of every drawn subject, from the seed of the draw')
    .requiredOption(...SUBJECTS)
    .requiredOption(...INSPECTORS)
    .option('--record <file>', 'the full record of the draw, whose seed is used')
    .option('--task <id>', 'the last draw of this task instead; the teams become an event')
    .requiredOption('--day <day>', 'day of the visits, YYYY-MM-DD: certificates must be valid then')
    .option(...RECUSALS)
    .option('--json', 'print JSON only')
    .action((options: Files & { record?: string; task?: string; day: string; json?: boolean }) =>
      withExpectedErrors(async () => {
        const drawn = await drawnRecord(context, options);
        const lists = readFiles(options, options.day, drawn.seed);
        holdDrawn(lists.input, drawn, lists.hashes.inspectors.sha256, options);
        const record = drawTeams(lists);
        if (options.task !== undefined)
          await noteTeams(await context.warehouse('app'), writeAsProduct(context), options.task, record);
        stdout.write(options.json ? `${JSON.stringify(record)}\n` : teamsText(record));
      }),
    );
  draw
    .command('recuse')
    .description('a recusal after the draw: draws that one place again, and notes it for ever')
    .argument('<assignment>', 'the output of `draw assign --json`')
    .requiredOption(...SUBJECTS)
    .requiredOption(...INSPECTORS)
    .requiredOption('--subject <id>', 'the visit')
    .requiredOption('--inspector <id>', 'who does not go')
    .requiredOption('--ground <ground>', 'declared, last_time, relation or after_draw')
    .requiredOption('--reason <text>', 'in words')
    .requiredOption('--approver <name>', 'who decided')
    .option('--task <id>', 'the task, where the teams were drawn with --task; the recusal becomes an event')
    .option(...RECUSALS)
    .option('--json', 'print JSON only')
    .action((file: string, options: Files & RecuseOptions) =>
      withExpectedErrors(async () => {
        const before = readAssignmentRecord(readJsonFile(file, 'assignment'), file);
        const record = recuse(before, file, options);
        if (options.task !== undefined)
          await noteRecusal(
            await context.warehouse('app'),
            writeAsProduct(context),
            options.task,
            record.adjustments.at(-1)!,
          );
        stdout.write(options.json ? `${JSON.stringify(record)}\n` : teamsText(record));
      }),
    );
}

interface RecuseOptions {
  subject: string;
  inspector: string;
  ground: string;
  reason: string;
  approver: string;
  task?: string;
  json?: boolean;
}

async function drawnRecord(
  context: CommandContext,
  { record, task }: { record?: string; task?: string },
): Promise<DrawRecord> {
  if (record !== undefined && task === undefined) return verifiedRecord(record);
  if (record === undefined && task !== undefined) return repeatTaskDraw(await context.warehouse('app'), task);
  throw new DrawError('Say which draw the teams are for: --record with its record, or --task with its task.');
}

async function verifiedRecord(file: string): Promise<DrawRecord> {
  const record = readJsonFile(file, 'record') as DrawRecord;
  const failed = (await verifyRecord(record)).find(({ problem }) => problem);
  if (failed) throw new DrawError(`${file} fails the check ${failed.name}: ${failed.problem}.`);
  if (!('cells' in record)) throw new DrawError(`${file} is no full record; give the output of \`draw run --json\`.`);
  return record;
}

function readFiles(files: Files, day: string, seed: string): ReadLists {
  const lists = {
    visits: readTextFile(files.subjects, 'list of subjects'),
    inspectors: readTextFile(files.inspectors, 'library of inspectors'),
    recusals: files.recusals === undefined ? undefined : readTextFile(files.recusals, 'list of recusals'),
  };
  const names = { visits: files.subjects, inspectors: files.inspectors, recusals: files.recusals ?? '' };
  return readLists(lists, names, day, seed);
}

/** Teams are for drawn subjects; and where the plan named the library's hash, nobody was added to it after the commitment. */
function holdDrawn({ visits }: AssignmentInput, drawn: DrawRecord, library: string, files: Files): void {
  const known = new Set([...drawn.selected, ...drawn.reserve].map(({ id }) => id));
  const stranger = visits.find(({ subject }) => !known.has(subject));
  if (stranger)
    throw new DrawError(
      `${files.subjects} has ${stranger.subject}, which is neither drawn nor in the reserve of the record.`,
    );
  const committed = drawn.plan.inspectors_sha256;
  if (committed !== undefined && committed !== library)
    throw new DrawError(
      `${files.inspectors} hashes to ${library}, but the plan was committed to the library ${committed}; give that file.`,
    );
}

function recuse(before: AssignmentRecord, file: string, options: Files & RecuseOptions): AssignmentRecord {
  const { subject, inspector: from, reason, approver } = options;
  const ground = groundOf(options.ground, '--ground');
  const change = { subject, from, ground, reason, approver };
  return recuseFromTeams(before, readFiles(options, before.day, before.seed), change, file);
}

function teamsText({ teams, result_hash }: AssignmentRecord): string {
  const rows = teams.map(({ subject, inspectors }) => [
    subject,
    inspectors.map(({ id, role }) => `${id} (${role})`).join(', '),
  ]);
  return `${textTable(['subject', 'team'], rows)}\n\nresult hash ${result_hash}\n`;
}
