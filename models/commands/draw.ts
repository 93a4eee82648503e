/** Risk-weighted random draws that anyone can re-run: `draw.md`. */
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { beaconBytes, plannedBeaconOf } from '../draw/beacon/planned-beacon.ts';
import { commitDraw } from '../draw/commit-draw.ts';
import { DrawError } from '../draw/draw-error.ts';
import type { DrawRecord } from '../draw/draw-record.ts';
import { openFrameFile } from '../draw/frame-file.ts';
import { parseBeacon, parseSecret } from '../draw/hex.ts';
import { parsePlanText } from '../draw/plan.ts';
import { proveUnit } from '../draw/prove-unit.ts';
import { publishRecord } from '../draw/publish-record.ts';
import { runDraw } from '../draw/run-draw.ts';
import { sha256 } from '../draw/sha256.ts';
import { readAttempts } from '../draw/task/attempts.ts';
import { publishTaskDraw } from '../draw/task/publish-task-draw.ts';
import { runTaskDraw } from '../draw/task/run-task-draw.ts';
import { verifyTaskRecord } from '../draw/task/verify-task-record.ts';
import { verifyRecord } from '../draw/verify-record.ts';
import { registerAssignCommands } from './draw-assign.ts';
import { planTask, proveTaskUnit, registerReplaceCommand, taskCommitText } from './draw-task.ts';
import { addTaskOptions, type TaskOptions } from './draw-task-options.ts';
import { commitText, recordText } from './draw-text.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { languageOf } from './language.ts';
import { readJsonFile, readTextFile } from './read-input.ts';
import { writeAsProduct } from './write-as-product.ts';

const FRAME = ['--frame <file>', 'the objects: TSV with a header, the columns id and tier, any others'] as const;
const TASK = ['--task <id>', 'frame and plan as they were committed to for this task'] as const;
const PLAN = [
  '--plan <file>',
  'the plan: JSON, {"method":"tier-srs-v1","tiers":{"A":"1/100",…},"n":…,"strata":[…]}',
] as const;

export function registerDrawCommand(program: Command, context: CommandContext): void {
  const draw = program.command('draw').description('random draws weighted by risk tier, verifiable by everybody');
  registerPlan(draw, context);
  registerRun(draw, context);
  registerVerify(draw, context);
  registerPublish(draw, context);
  registerProof(draw, context);
  registerReplaceCommand(draw, context);
  registerAssignCommands(draw, context);
}

function registerPlan(draw: Command, context: CommandContext): void {
  const { stdout } = context;
  const command = draw
    .command('plan')
    .description('freeze frame and plan; prints the commitment to publish before the beacon exists')
    .option(...FRAME)
    .option(...PLAN)
    .option('--secret <hex>', '32 random bytes; left out: fresh ones')
    .option('--json', 'print JSON only');
  addTaskOptions(command).action((options: Source & TaskOptions & { secret?: string; json?: boolean }) =>
    withExpectedErrors(async () => {
      const secret = options.secret === undefined ? undefined : parseSecret(options.secret);
      if (options.task !== undefined) {
        if ((options.frame ?? options.plan) !== undefined)
          throw new DrawError(
            'With --task, frame and plan are built from the warehouse; leave --frame and --plan out.',
          );
        const commitment = await planTask(context, options.task, options, secret);
        const { frame, plan_hash, commit, task, attempt, preview } = commitment;
        const answer = {
          frame,
          plan_hash,
          secret: commitment.secret,
          commit,
          task,
          attempt,
          plan: commitment.plan,
          preview,
        };
        stdout.write(options.json ? `${JSON.stringify(answer)}\n` : taskCommitText(commitment, languageOf()));
        return;
      }
      const { frame, plan } = filesOf(options);
      const commitment = await commitDraw(
        await openFrameFile(frame),
        parsePlanText(readTextFile(plan, 'plan')),
        secret,
      );
      stdout.write(options.json ? `${JSON.stringify(commitment)}\n` : commitText(commitment, languageOf()));
    }),
  );
}

/** Where frame and plan come from: two files, or a task of the warehouse. */
interface Source {
  frame?: string;
  plan?: string;
  task?: string;
}

function filesOf({ frame, plan }: Source): { frame: string; plan: string } {
  if (frame === undefined || plan === undefined)
    throw new DrawError('A draw needs --frame and --plan, or --task with a task of the warehouse.');
  return { frame, plan };
}

interface RunOptions extends Source {
  secret: string;
  beacon?: string;
  beaconText?: string;
  beaconValue?: string;
  commit?: string;
  json?: boolean;
}

function registerRun(draw: Command, context: CommandContext): void {
  const { stdout, stderr } = context;
  draw
    .command('run')
    .description('draw; prints the full record')
    .option(...FRAME)
    .option(...PLAN)
    .option(...TASK)
    .requiredOption('--secret <hex>', 'the secret of `draw plan`')
    .option('--beacon <hex>', 'the public random value that came out after the commitment')
    .option('--beacon-text <text>', 'a beacon that is not hex by nature: name/time/value')
    .option('--beacon-value <value>', 'with --task: what came out as the beacon that the commitment announced')
    .option('--commit <hex>', 'refuse to draw unless this is the commitment that was published')
    .option('--json', 'print JSON only')
    .action((options: RunOptions) =>
      withExpectedErrors(async () => {
        const secret = parseSecret(options.secret);
        if (options.beaconValue !== undefined) {
          const record = await runAnnounced(context, options, secret, options.beaconValue);
          stdout.write(options.json ? `${JSON.stringify(record)}\n` : recordText(record, languageOf()));
          return;
        }
        const beacon = beaconOf(options);
        // Digits of a lottery are hex by accident, and few enough to be tried out.
        if (beacon.length < 16)
          stderr.write(
            `The beacon has only ${beacon.length} bytes; numbers that are not hex by nature enter by --beacon-text "name/time/value".\n`,
          );
        if (options.task !== undefined && (options.frame ?? options.plan ?? options.commit) !== undefined)
          throw new DrawError(
            'With --task, frame, plan and commitment are those of the log; leave --frame, --plan and --commit out.',
          );
        const record =
          options.task === undefined
            ? await runFiles(options, secret, beacon)
            : await runTaskDraw(await context.warehouse('app'), writeAsProduct(context), options.task, secret, beacon);
        stdout.write(options.json ? `${JSON.stringify(record)}\n` : recordText(record, languageOf()));
      }),
    );
}

/** With the beacon that the commitment announced. @throws DrawError where it announced none */
async function runAnnounced(
  context: CommandContext,
  { task, beacon, beaconText }: RunOptions,
  secret: Buffer,
  value: string,
): Promise<DrawRecord> {
  if (task === undefined || (beacon ?? beaconText) !== undefined)
    throw new DrawError('--beacon-value goes with --task and takes the place of --beacon and --beacon-text.');
  const warehouse = await context.warehouse('app');
  const planned = plannedBeaconOf((await readAttempts(warehouse, task)).at(-1)?.plan ?? {});
  if (!planned) throw new DrawError(`The commitment of ${task} announced no beacon; give one by --beacon.`);
  const announced = beaconBytes(planned, value);
  return runTaskDraw(warehouse, writeAsProduct(context), task, secret, announced.beacon, announced.evidence);
}

async function runFiles(options: RunOptions, secret: Buffer, beacon: Buffer): Promise<DrawRecord> {
  const files = filesOf(options);
  const plan = parsePlanText(readTextFile(files.plan, 'plan'));
  const record = await runDraw(await openFrameFile(files.frame), plan, secret, beacon);
  if (options.commit !== undefined && options.commit.toLowerCase() !== record.commit)
    throw new DrawError(
      `Secret, frame and plan commit to ${record.commit}, not to the ${options.commit} that was published; nothing was drawn: give the frame, plan and secret of that commitment.`,
    );
  return record;
}

function beaconOf({ beacon, beaconText }: RunOptions): Buffer {
  if (beacon !== undefined && beaconText !== undefined)
    throw new DrawError('A draw has one beacon; give --beacon or --beacon-text, not both.');
  if (beacon !== undefined) return parseBeacon(beacon);
  if (beaconText === undefined)
    throw new DrawError('The draw needs its beacon: --beacon HEX, or --beacon-text "name/time/value".');
  if (!/^[^/]+\/[^/]+\/.+$/.test(beaconText))
    throw new DrawError(
      `The beacon text “${beaconText}” must be name/time/value, for example "双色球2026138/2026-11-29T21:15+08:00/03 07 12 18 25 31 + 09".`,
    );
  return sha256(Buffer.from(beaconText));
}

function registerVerify(draw: Command, context: CommandContext): void {
  const { stdout } = context;
  draw
    .command('verify')
    .description('check a record, a public record or a proof; exit 1 names the first check that fails')
    .argument('<record>', 'the record, JSON')
    .option('--frame <file>', 'the frame that was drawn from; without it only what the record alone can show')
    .option('--task <id>', 'against the frozen frame and the log of this task')
    .option('--json', 'print JSON only')
    .action((file: string, options: { frame?: string; task?: string; json?: boolean }) =>
      withExpectedErrors(async () => {
        const record = readJsonFile(file, 'record');
        const checks =
          options.task === undefined
            ? await verifyRecord(record, options.frame ? await openFrameFile(options.frame) : undefined)
            : await verifyTaskRecord(await context.warehouse('app'), options.task, record);
        const lines = checks.map(
          ({ name, finding, problem }) => `${problem ? 'FAIL' : 'ok  '}  ${name}: ${problem ?? finding}`,
        );
        stdout.write(options.json ? `${JSON.stringify({ checks })}\n` : `${lines.join('\n')}\n`);
        const failed = checks.find(({ problem }) => problem);
        if (failed) throw new CommandError(`${file} fails the check ${failed.name}: ${failed.problem}.`);
      }),
    );
}

function registerPublish(draw: Command, context: CommandContext): void {
  const { stdout } = context;
  draw
    .command('publish')
    .description('the public record: no tiers of anybody, no cells, keys or salts')
    .argument('[record]', 'the full record, JSON')
    .option('--task <id>', 'the last draw of this task, instead of a file')
    .option('--json', 'JSON is what it prints in any case')
    .action((file: string | undefined, { task }: { task?: string }) =>
      withExpectedErrors(async () => {
        if (task !== undefined) {
          const record = await publishTaskDraw(await context.warehouse('app'), writeAsProduct(context), task);
          stdout.write(`${JSON.stringify(record)}\n`);
          return;
        }
        if (file === undefined) throw new DrawError('Name the record to publish, or a task by --task.');
        const record = readJsonFile(file, 'record');
        const failed = (await verifyRecord(record)).find(({ problem }) => problem);
        if (failed)
          throw new DrawError(
            `${file} is not published, because it fails the check ${failed.name}: ${failed.problem}.`,
          );
        if (!Object.hasOwn(record as object, 'cells'))
          throw new DrawError(`${file} is no full record; give the output of \`draw run --json\`.`);
        stdout.write(`${JSON.stringify(publishRecord(record as never))}\n`);
      }),
    );
}

function registerProof(draw: Command, context: CommandContext): void {
  const { stdout } = context;
  draw
    .command('proof')
    .description('what one enterprise needs to check itself; `draw verify` checks the proof')
    .argument('[record]', 'the full record, JSON')
    .option(...FRAME)
    .option('--task <id>', 'the last draw of this task, instead of record and frame')
    .requiredOption('--id <id>', 'the enterprise')
    .option('--json', 'JSON is what it prints in any case')
    .action((file: string | undefined, { frame, task, id }: { frame?: string; task?: string; id: string }) =>
      withExpectedErrors(async () => {
        if (task === undefined && (file === undefined || frame === undefined))
          throw new DrawError('A proof needs the record and --frame, or --task with a task of the warehouse.');
        const proof =
          task === undefined
            ? await proveUnit(readJsonFile(file!, 'record'), await openFrameFile(frame!), id)
            : await proveTaskUnit(context, task, id);
        stdout.write(`${JSON.stringify(proof)}\n`);
      }),
    );
}
