/** `draw assign` and `draw recuse`: the teams that visit drawn subjects. */
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { type AssignmentInput, assignInspectors } from '../assignment/assign-inspectors.ts';
import { type AssignmentRecord, teamsHash } from '../assignment/assignment-record.ts';
import { readAssignmentRecord } from '../assignment/read-assignment-record.ts';
import { groundOf, readInspectors, readRecusals, readVisits } from '../assignment/read-library.ts';
import { loadsOf, replaceInspector } from '../assignment/replace-inspector.ts';
import { DrawError } from '../draw/draw-error.ts';
import type { DrawRecord } from '../draw/draw-record.ts';
import { sha256 } from '../draw/sha256.ts';
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
        const { input, hashes } = readFiles(options, options.day, drawn.seed);
        holdDrawn(input, drawn, hashes.inspectors.sha256, options);
        const record = recordOf(input, hashes, assignInspectors(input), []);
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

interface Hashed {
  rows: number;
  sha256: string;
}

function readFiles(files: Files, day: string, seed: string) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
    throw new DrawError(`The day “${day}” must be YYYY-MM-DD.`);
  const visits = readTextFile(files.subjects, 'list of subjects');
  const inspectors = readTextFile(files.inspectors, 'library of inspectors');
  const recusals = files.recusals === undefined ? undefined : readTextFile(files.recusals, 'list of recusals');
  const input: AssignmentInput = {
    visits: readVisits(visits, files.subjects),
    inspectors: readInspectors(inspectors, files.inspectors),
    recusals: recusals === undefined ? [] : readRecusals(recusals, files.recusals!),
    day,
    seed: Buffer.from(seed, 'hex'),
  };
  const hashed = (text: string, rows: readonly unknown[]): Hashed => ({
    rows: rows.length,
    sha256: sha256(Buffer.from(text)).toString('hex'),
  });
  return {
    input,
    hashes: {
      visits: hashed(visits, input.visits),
      inspectors: hashed(inspectors, input.inspectors),
      recusals: recusals === undefined ? null : hashed(recusals, input.recusals),
    },
  };
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

function recordOf(
  input: AssignmentInput,
  hashes: Pick<AssignmentRecord, 'visits' | 'inspectors' | 'recusals'>,
  teams: AssignmentRecord['teams'],
  adjustments: AssignmentRecord['adjustments'],
): AssignmentRecord {
  const after = loadsOf(teams, input);
  return {
    spec: 'inspector-teams-v1',
    seed: input.seed.toString('hex'),
    day: input.day,
    ...hashes,
    teams,
    loads: input.inspectors.map(({ id, load }) => ({ id, before: load, assigned: after.get(id)! - load })),
    adjustments,
    result_hash: teamsHash(teams),
  };
}

/** @throws DrawError if the files are not those of the record, or its teams do not follow from them */
function recuse(before: AssignmentRecord, file: string, options: Files & RecuseOptions): AssignmentRecord {
  const { input, hashes } = readFiles(options, before.day, before.seed);
  for (const member of ['visits', 'inspectors', 'recusals'] as const)
    if (hashes[member]?.sha256 !== before[member]?.sha256)
      throw new DrawError(`The file of ${member} is not the one that ${file} was drawn from; give that file.`);
  const noted = { ...input, recusals: [...input.recusals] };
  let teams = assignInspectors(input);
  for (const { to, ...adjustment } of before.adjustments) {
    const replaced = replaceInspector(teams, noted, adjustment);
    if (replaced.adjustment.to !== to)
      throw new DrawError(
        `${file} says that ${to} took the place of ${adjustment.from}; by lot it is ${replaced.adjustment.to}.`,
      );
    noted.recusals.push({ subject: adjustment.subject, inspector: adjustment.from, ground: adjustment.ground });
    teams = replaced.teams;
  }
  if (teamsHash(teams) !== before.result_hash || teamsHash(before.teams) !== before.result_hash)
    throw new DrawError(
      `The teams of ${file} do not follow from its seed and files; take the record as it was written.`,
    );
  const { subject, inspector: from, reason, approver } = options;
  const next = replaceInspector(teams, noted, {
    subject,
    from,
    ground: groundOf(options.ground, '--ground'),
    reason,
    approver,
  });
  return recordOf(input, hashes, next.teams, [...before.adjustments, next.adjustment]);
}

function teamsText({ teams, result_hash }: AssignmentRecord): string {
  const rows = teams.map(({ subject, inspectors }) => [
    subject,
    inspectors.map(({ id, role }) => `${id} (${role})`).join(', '),
  ]);
  return `${textTable(['subject', 'team'], rows)}\n\nresult hash ${result_hash}\n`;
}
