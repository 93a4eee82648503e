import { dayText, isWeekday, localMoment } from './calendar.ts';
import { eventLine, SOURCES, type Source } from './cloud-event.ts';
import { spoil } from './defects.ts';
import { DEMO_SUBJECTS } from './district.ts';
import { cumulate, Random } from './random.ts';
import { Subjects } from './subjects.ts';
import { OFFICE, REGISTRAR, UNITS } from './units.ts';

const DUPLICATES = 0.01;
const BAD = 0.004;
const OPEN_PUSHES = 60;

type Kind =
  | 'push'
  | 'login'
  | 'claim'
  | 'feedback'
  | 'licence'
  | 'publish'
  | 'complaint'
  | 'penalty'
  | 'inspection'
  | 'result'
  | 'query';
const KINDS: readonly Kind[] = [
  'push',
  'login',
  'claim',
  'feedback',
  'licence',
  'publish',
  'complaint',
  'penalty',
  'inspection',
  'result',
  'query',
];
const BY_DAY = cumulate([26, 14, 20, 14, 8, 6, 6, 2, 2, 2, 3]);
const BY_NIGHT = cumulate([4, 3, 2, 1, 0, 1, 10, 0, 0, 0, 4]);
const TARGETS = cumulate(UNITS.map((unit) => unit.pushes));

/** Whether offices work at this moment (weekdays 8–18 h; a rhythm, not the legal calendar). */
export function inOfficeHours(instant: Date): boolean {
  const { day, clock } = localMoment(instant);
  return isWeekday(day) && clock >= 8 * 3_600_000 && clock < 18 * 3_600_000;
}

/**
 * An endless stream of single NDJSON lines about the subjects of the demo district, each happening at the moment it is
 * taken: what is pushed gets claimed, fed back and licensed later. One line in a hundred repeats an earlier one, a few
 * are bad.
 */
export function* liveEvents(options: { seed: string | number; now?: () => Date }): Generator<string, never, undefined> {
  const now = options.now ?? (() => new Date());
  const run = `live-${now().getTime().toString(36)}`;
  const random = new Random(`hengjian/${options.seed}/${run}`);
  const subjects = new Subjects(new Random(`hengjian/${options.seed}`).fork('subjects'), DEMO_SUBJECTS);
  subjects.registered = subjects.count;
  const district = new LiveDistrict(run, random, subjects, now);
  let last = district.push();
  yield last;
  for (;;) {
    if (random.chance(DUPLICATES)) {
      yield last;
      continue;
    }
    const kind = KINDS[random.weighted(inOfficeHours(now()) ? BY_DAY : BY_NIGHT)]!;
    const line = district[kind]() ?? district.push();
    if (random.chance(BAD)) yield spoil(random, line.replace(/"id":"[^"]*"/, `"id":"${district.badId()}"`));
    last = line;
    yield line;
  }
}

interface OpenBusiness {
  id: string;
  unit: number;
  subject: number;
}

/** Writes one event of a kind at this moment; undefined where nothing is open that it could be about. */
class LiveDistrict implements Record<Kind, () => string | undefined> {
  readonly #run: string;
  readonly #random: Random;
  readonly #subjects: Subjects;
  readonly #now: () => Date;
  readonly #unclaimed: OpenBusiness[] = [];
  readonly #claimed: OpenBusiness[] = [];
  readonly #decided: OpenBusiness[] = [];
  readonly #unpublished: OpenBusiness[] = [];
  #number = 0;

  constructor(run: string, random: Random, subjects: Subjects, now: () => Date) {
    this.#run = run;
    this.#random = random;
    this.#subjects = subjects;
    this.#now = now;
  }

  badId(): string {
    return `${this.#run}-bad-${++this.#number}`;
  }

  push(): string {
    if (this.#unclaimed.length >= OPEN_PUSHES) this.#unclaimed.shift();
    const unit = this.#random.weighted(TARGETS);
    const subject = this.#subjects.any(this.#random);
    const id = `P-${this.#run}-${this.#number + 1}`;
    this.#unclaimed.push({ id, unit, subject });
    return this.#write(
      SOURCES.registry,
      'registration.pushed',
      UNITS[unit]!.id,
      subject,
      `{"push_id":"${id}","bucket":"licensed","matters":["M${String(unit * 7 + this.#random.between(1, 7)).padStart(3, '0')}"]}`,
    );
  }

  login(): string {
    const unit = this.#random.pick(UNITS);
    return this.#write(
      SOURCES.platform,
      'login.succeeded',
      unit.id,
      undefined,
      `{"account":"${unit.id}${this.#random.between(1, 3)}"}`,
    );
  }

  claim(): string | undefined {
    const push = this.#takeFrom(this.#unclaimed);
    if (!push) return undefined;
    this.#claimed.push(push);
    return this.#write(SOURCES.platform, 'push.claimed', UNITS[push.unit]!.id, undefined, `{"push_id":"${push.id}"}`);
  }

  feedback(): string | undefined {
    const push = this.#takeFrom(this.#claimed);
    if (!push) return undefined;
    const licensed = this.#random.chance(0.6);
    if (licensed) this.#decided.push(push);
    const result = licensed ? `"licensed","decided_on":"${dayText(localMoment(this.#now()).day)}"` : '"not_required"';
    return this.#write(
      SOURCES.platform,
      'push.outcome_fed_back',
      UNITS[push.unit]!.id,
      undefined,
      `{"push_id":"${push.id}","outcome":${result}}`,
    );
  }

  licence(): string | undefined {
    const push = this.#takeFrom(this.#decided);
    if (!push) return undefined;
    const data = `{"doc_no":"XK-${push.id}","decided_on":"${dayText(localMoment(this.#now()).day)}","kind":"核准","push_id":"${push.id}"}`;
    this.#unpublished.push({ ...push, id: `XK-${push.id}` });
    return this.#write(SOURCES.platform, 'licence.entered', UNITS[push.unit]!.id, push.subject, data);
  }

  publish(): string | undefined {
    const entry = this.#takeFrom(this.#unpublished);
    return (
      entry &&
      this.#write(SOURCES.platform, 'record.published', UNITS[entry.unit]!.id, undefined, `{"record_id":"${entry.id}"}`)
    );
  }

  complaint(): string {
    return this.#write(
      SOURCES.hotline,
      'complaint.received',
      OFFICE,
      this.#subjects.risky(this.#random),
      `{"channel":"12345","topic":"${this.#random.pick(['食品卫生', '退费纠纷', '噪声', '商品质量'])}"}`,
    );
  }

  penalty(): string {
    const unit = this.#random.pick(UNITS.filter((candidate) => candidate.penalties > 0));
    const data = `{"doc_no":"CF-${this.#run}-${this.#number + 1}","decided_on":"${dayText(localMoment(this.#now()).day)}","procedure":"summary","kind":"罚款","amount":${this.#random.between(1, 20) * 100}}`;
    return this.#write(SOURCES.platform, 'penalty.entered', unit.id, this.#subjects.risky(this.#random), data);
  }

  inspection(): string {
    return this.#write(
      SOURCES.doubleRandom,
      'inspection.done',
      OFFICE,
      this.#subjects.any(this.#random),
      `{"task_id":"RW-${this.#run}","inspectors":["${OFFICE}甲","${OFFICE}乙"]}`,
    );
  }

  result(): string {
    return this.#write(
      SOURCES.doubleRandom,
      'result.entered',
      OFFICE,
      this.#subjects.any(this.#random),
      `{"task_id":"RW-${this.#run}","codes":["${this.#random.chance(0.8) ? '1' : 'B'}"]}`,
    );
  }

  query(): string {
    return this.#write(
      SOURCES.platform,
      'verify.queried',
      REGISTRAR,
      this.#subjects.any(this.#random),
      `{"purpose":"政府采购","hit":false}`,
    );
  }

  #write(source: Source, type: string, department: string, subject: number | undefined, data: string): string {
    const subjects = this.#subjects;
    const about = subject === undefined ? {} : { region: subjects.region(subject), subject: subjects.uscc(subject) };
    const id = `${this.#run}-${++this.#number}`;
    return eventLine({ id, source, type, ...localMoment(this.#now()), department, ...about, data });
  }

  #takeFrom(list: OpenBusiness[]): OpenBusiness | undefined {
    return list.splice(this.#random.below(list.length), 1)[0];
  }
}
