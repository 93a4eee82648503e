/** Risk-weighted random draws that anyone can re-run: `draw.md`. */
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { commitDraw } from '../draw/commit-draw.ts';
import { DrawError } from '../draw/draw-error.ts';
import { openFrameFile } from '../draw/frame-file.ts';
import { parseBeacon, parseSecret } from '../draw/hex.ts';
import { parsePlanText } from '../draw/plan.ts';
import { proveUnit } from '../draw/prove-unit.ts';
import { publishRecord } from '../draw/publish-record.ts';
import { runDraw } from '../draw/run-draw.ts';
import { sha256 } from '../draw/sha256.ts';
import { verifyRecord } from '../draw/verify-record.ts';
import { registerAssignCommand } from './draw-assign.ts';
import { commitText, recordText } from './draw-text.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { languageOf } from './language.ts';
import { readJsonFile, readTextFile } from './read-input.ts';

const FRAME = ['--frame <file>', 'the objects: TSV with a header, the columns id and tier, any others'] as const;
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
  registerAssignCommand(draw, context);
}

function registerPlan(draw: Command, { stdout }: CommandContext): void {
  draw
    .command('plan')
    .description('freeze frame and plan; prints the commitment to publish before the beacon exists')
    .requiredOption(...FRAME)
    .requiredOption(...PLAN)
    .option('--secret <hex>', '32 random bytes; left out: fresh ones')
    .option('--json', 'print JSON only')
    .action((options: { frame: string; plan: string; secret?: string; json?: boolean }) =>
      withExpectedErrors(async () => {
        const plan = parsePlanText(readTextFile(options.plan, 'plan'));
        const secret = options.secret === undefined ? undefined : parseSecret(options.secret);
        const commitment = await commitDraw(await openFrameFile(options.frame), plan, secret);
        stdout.write(options.json ? `${JSON.stringify(commitment)}\n` : commitText(commitment, languageOf()));
      }),
    );
}

interface RunOptions {
  frame: string;
  plan: string;
  secret: string;
  beacon?: string;
  beaconText?: string;
  commit?: string;
  json?: boolean;
}

function registerRun(draw: Command, { stdout, stderr }: CommandContext): void {
  draw
    .command('run')
    .description('draw; prints the full record')
    .requiredOption(...FRAME)
    .requiredOption(...PLAN)
    .requiredOption('--secret <hex>', 'the secret of `draw plan`')
    .option('--beacon <hex>', 'the public random value that came out after the commitment')
    .option('--beacon-text <text>', 'a beacon that is not hex by nature: name/time/value')
    .option('--commit <hex>', 'refuse to draw unless this is the commitment that was published')
    .option('--json', 'print JSON only')
    .action((options: RunOptions) =>
      withExpectedErrors(async () => {
        const plan = parsePlanText(readTextFile(options.plan, 'plan'));
        const secret = parseSecret(options.secret);
        const beacon = beaconOf(options);
        // Digits of a lottery are hex by accident, and few enough to be tried out.
        if (beacon.length < 16)
          stderr.write(
            `The beacon has only ${beacon.length} bytes; numbers that are not hex by nature enter by --beacon-text "name/time/value".\n`,
          );
        const record = await runDraw(await openFrameFile(options.frame), plan, secret, beacon);
        if (options.commit !== undefined && options.commit.toLowerCase() !== record.commit)
          throw new DrawError(
            `Secret, frame and plan commit to ${record.commit}, not to the ${options.commit} that was published; nothing was drawn: give the frame, plan and secret of that commitment.`,
          );
        stdout.write(options.json ? `${JSON.stringify(record)}\n` : recordText(record, languageOf()));
      }),
    );
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

function registerVerify(draw: Command, { stdout }: CommandContext): void {
  draw
    .command('verify')
    .description('check a record, a public record or a proof; exit 1 names the first check that fails')
    .argument('<record>', 'the record, JSON')
    .option('--frame <file>', 'the frame that was drawn from; without it only what the record alone can show')
    .option('--json', 'print JSON only')
    .action((file: string, options: { frame?: string; json?: boolean }) =>
      withExpectedErrors(async () => {
        const record = readJsonFile(file, 'record');
        const checks = await verifyRecord(record, options.frame ? await openFrameFile(options.frame) : undefined);
        const lines = checks.map(
          ({ name, finding, problem }) => `${problem ? 'FAIL' : 'ok  '}  ${name}: ${problem ?? finding}`,
        );
        stdout.write(options.json ? `${JSON.stringify({ checks })}\n` : `${lines.join('\n')}\n`);
        const failed = checks.find(({ problem }) => problem);
        if (failed) throw new CommandError(`${file} fails the check ${failed.name}: ${failed.problem}.`);
      }),
    );
}

function registerPublish(draw: Command, { stdout }: CommandContext): void {
  draw
    .command('publish')
    .description('the public record: no tiers of anybody, no cells, keys or salts')
    .argument('<record>', 'the full record, JSON')
    .option('--json', 'JSON is what it prints in any case')
    .action((file: string) =>
      withExpectedErrors(async () => {
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

function registerProof(draw: Command, { stdout }: CommandContext): void {
  draw
    .command('proof')
    .description('what one enterprise needs to check itself; `draw verify` checks the proof')
    .argument('<record>', 'the full record, JSON')
    .requiredOption(...FRAME)
    .requiredOption('--id <id>', 'the enterprise')
    .option('--json', 'JSON is what it prints in any case')
    .action((file: string, options: { frame: string; id: string }) =>
      withExpectedErrors(async () => {
        const proof = await proveUnit(readJsonFile(file, 'record'), await openFrameFile(options.frame), options.id);
        stdout.write(`${JSON.stringify(proof)}\n`);
      }),
    );
}
