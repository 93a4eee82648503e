/** The options by which a person decides about the draw of a task. */
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import type { Command } from 'commander';
import { planBeacon } from '../draw/beacon/planned-beacon.ts';
import { DrawError } from '../draw/draw-error.ts';
import { CHECK_TYPES, DEFAULT_TIERS, EXEMPTIONS, type TaskRules } from '../draw/task/task-plan.ts';

export interface TaskOptions {
  department?: string;
  tiers?: string;
  n?: string;
  strata?: string;
  untiered?: string;
  tierSource?: string;
  areas?: string;
  industries?: string;
  coolingDays?: string;
  cap?: string;
  exempt?: string;
  checkType?: string;
  beaconAt?: string;
  beaconName?: string;
  reason?: string;
  approver?: string;
}

export function addTaskOptions(command: Command): Command {
  return command
    .option('--task <id>', 'build frame and plan of this task from the warehouse')
    .option('--department <unit>', 'with --task: who inspects; left out: the lead')
    .option('--tiers <list>', 'with --task: ratios, for example A=1/100,B=3/100,C=1/10,D=3/10 (the default)')
    .option('--n <number>', 'with --task: how many in all; left out: each tier by its ratio')
    .option('--strata <list>', 'with --task: area, industry or both, over which the draw is spread (default: area)')
    .option('--untiered <tier>', 'with --task: the tier of subjects that nobody classified')
    .option('--tier-source <source>', 'with --task: whose tiers count; needed where several sources classify')
    .option('--areas <codes>', 'with --task: only subjects of these areas')
    .option('--industries <sections>', 'with --task: only these sections of GB/T 4754, for example F,H')
    .option('--cooling-days <days>', 'with --task: leave out whom the department drew within so many days')
    .option('--cap <visits>', 'with --task: leave out whom the department visited so many times this year')
    .option('--exempt <ground>', `with --task: lifts cap and cooling-off: ${EXEMPTIONS.join(', ')}`)
    .option('--check-type <type>', `with --task: what kind of check the cap counts: ${CHECK_TYPES.join(', ')}`)
    .option('--beacon-at <time>', 'with --task: announce the beacon, by when it comes out (RFC 3339)')
    .option('--beacon-name <name>', 'with --beacon-at: which public value; left out: the round of drand quicknet')
    .option('--reason <text>', 'with --task: why it is drawn again')
    .option('--approver <name>', 'with --task: who approved that');
}

/** @throws DrawError that names the option */
export function taskRulesOf(options: TaskOptions): TaskRules {
  const exemption = EXEMPTIONS.find((known) => known === options.exempt);
  if (options.exempt !== undefined && !exemption)
    throw new DrawError(`--exempt ${options.exempt} is no ground; the grounds are ${EXEMPTIONS.join(', ')}.`);
  return {
    department: options.department ?? '',
    tiers: options.tiers === undefined ? { ...DEFAULT_TIERS } : tiersOf(options.tiers),
    n: options.n === undefined ? undefined : wholeNumber('--n', options.n),
    strata: strataOf(options.strata ?? 'area'),
    untiered: options.untiered,
    tierSource: options.tierSource,
    areas: listOf(options.areas),
    industries: listOf(options.industries),
    coolingDays: wholeNumber('--cooling-days', options.coolingDays ?? '0'),
    cap: wholeNumber('--cap', options.cap ?? '0'),
    exemption,
    checkType: checkTypeOf(options.checkType ?? 'daily'),
    beacon: announced(options),
  };
}

function checkTypeOf(text: string): NonNullable<TaskRules['checkType']> {
  const type = CHECK_TYPES.find((known) => known === text);
  if (!type) throw new DrawError(`--check-type ${text} is no kind of check; the kinds are ${CHECK_TYPES.join(', ')}.`);
  return type;
}

/** RFC 3339; without an offset it would be by the clock of the machine. */
const MOMENT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function announced({ beaconAt, beaconName }: TaskOptions): TaskRules['beacon'] {
  if (beaconAt === undefined) {
    if (beaconName !== undefined) throw new DrawError('--beacon-name needs --beacon-at, when it comes out.');
    return undefined;
  }
  // Date.parse alone takes the 31st of February for the 3rd of March.
  if (!isCalendarDay(beaconAt.slice(0, 10)) || !MOMENT.test(beaconAt))
    throw new DrawError(
      `--beacon-at ${beaconAt} must be a moment of the calendar with its offset, for example 2026-11-29T21:15:00+08:00.`,
    );
  return planBeacon(beaconName === undefined ? 'drand' : 'text', Date.parse(beaconAt), beaconName ?? '');
}

function tiersOf(text: string): Record<string, string> {
  const pairs = listOf(text).map((item) => item.split('='));
  if (pairs.length === 0 || pairs.some((pair) => pair.length !== 2))
    throw new DrawError(`--tiers ${text} must be a list such as A=1/100,B=3/100.`);
  const twice = pairs.find(([tier], index) => pairs.findIndex(([other]) => other === tier) !== index);
  if (twice) throw new DrawError(`--tiers ${text} names the tier ${twice[0]} twice; give each tier one ratio.`);
  return Object.fromEntries(pairs as [string, string][]);
}

function strataOf(text: string): TaskRules['strata'] {
  return listOf(text).map((name) => {
    if (name !== 'area' && name !== 'industry')
      throw new DrawError(`--strata ${name}: a task is spread over area, industry or both.`);
    return name;
  });
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new DrawError(`${option} ${text} must be a whole number below a million.`);
  return Number(text);
}

function listOf(text = ''): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
