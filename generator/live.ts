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
  const unclaimed: { id: string; unit: number; subject: number }[] = [];
  const claimed: typeof unclaimed = [];
  const decided: typeof unclaimed = [];
  const unpublished: typeof unclaimed = [];
  let number = 0;

  const write = (
    source: Source,
    type: string,
    department: string,
    subject: number | undefined,
    data: string,
  ): string => {
    const about = subject === undefined ? {} : { region: subjects.region(subject), subject: subjects.uscc(subject) };
    return eventLine({ id: `${run}-${++number}`, source, type, ...localMoment(now()), department, ...about, data });
  };
  const takeFrom = (list: typeof unclaimed): (typeof unclaimed)[number] | undefined =>
    list.splice(random.below(list.length), 1)[0];

  const events: Record<Kind, () => string | undefined> = {
    push() {
      if (unclaimed.length >= OPEN_PUSHES) unclaimed.shift();
      const unit = random.weighted(TARGETS);
      const subject = subjects.any(random);
      const id = `P-${run}-${number + 1}`;
      unclaimed.push({ id, unit, subject });
      return write(
        SOURCES.registry,
        'registration.pushed',
        UNITS[unit]!.id,
        subject,
        `{"push_id":"${id}","bucket":"licensed","matters":["M${String(unit * 7 + random.between(1, 7)).padStart(3, '0')}"]}`,
      );
    },
    login() {
      const unit = random.pick(UNITS);
      return write(
        SOURCES.platform,
        'login.succeeded',
        unit.id,
        undefined,
        `{"account":"${unit.id}${random.between(1, 3)}"}`,
      );
    },
    claim() {
      const push = takeFrom(unclaimed);
      if (!push) return undefined;
      claimed.push(push);
      return write(SOURCES.platform, 'push.claimed', UNITS[push.unit]!.id, undefined, `{"push_id":"${push.id}"}`);
    },
    feedback() {
      const push = takeFrom(claimed);
      if (!push) return undefined;
      const licensed = random.chance(0.6);
      if (licensed) decided.push(push);
      const result = licensed ? `"licensed","decided_on":"${dayText(localMoment(now()).day)}"` : '"not_required"';
      return write(
        SOURCES.platform,
        'push.outcome_fed_back',
        UNITS[push.unit]!.id,
        undefined,
        `{"push_id":"${push.id}","outcome":${result}}`,
      );
    },
    licence() {
      const push = takeFrom(decided);
      if (!push) return undefined;
      const data = `{"doc_no":"XK-${push.id}","decided_on":"${dayText(localMoment(now()).day)}","kind":"核准","push_id":"${push.id}"}`;
      unpublished.push({ ...push, id: `XK-${push.id}` });
      return write(SOURCES.platform, 'licence.entered', UNITS[push.unit]!.id, push.subject, data);
    },
    publish() {
      const entry = takeFrom(unpublished);
      return (
        entry &&
        write(SOURCES.platform, 'record.published', UNITS[entry.unit]!.id, undefined, `{"record_id":"${entry.id}"}`)
      );
    },
    complaint: () =>
      write(
        SOURCES.hotline,
        'complaint.received',
        OFFICE,
        subjects.risky(random),
        `{"channel":"12345","topic":"${random.pick(['食品卫生', '退费纠纷', '噪声', '商品质量'])}"}`,
      ),
    penalty() {
      const unit = random.pick(UNITS.filter((candidate) => candidate.penalties > 0));
      const data = `{"doc_no":"CF-${run}-${number + 1}","decided_on":"${dayText(localMoment(now()).day)}","procedure":"summary","kind":"罚款","amount":${random.between(1, 20) * 100}}`;
      return write(SOURCES.platform, 'penalty.entered', unit.id, subjects.risky(random), data);
    },
    inspection: () =>
      write(
        SOURCES.doubleRandom,
        'inspection.done',
        OFFICE,
        subjects.any(random),
        `{"task_id":"RW-${run}","inspectors":["${OFFICE}甲","${OFFICE}乙"]}`,
      ),
    result: () =>
      write(
        SOURCES.doubleRandom,
        'result.entered',
        OFFICE,
        subjects.any(random),
        `{"task_id":"RW-${run}","codes":["${random.chance(0.8) ? '1' : 'B'}"]}`,
      ),
    query: () =>
      write(SOURCES.platform, 'verify.queried', REGISTRAR, subjects.any(random), `{"purpose":"政府采购","hit":false}`),
  };

  let last = events.push()!;
  yield last;
  for (;;) {
    if (random.chance(DUPLICATES)) {
      yield last;
      continue;
    }
    const kind = KINDS[random.weighted(inOfficeHours(now()) ? BY_DAY : BY_NIGHT)]!;
    const line = events[kind]() ?? events.push()!;
    if (random.chance(BAD)) yield spoil(random, line.replace(/"id":"[^"]*"/, `"id":"${run}-bad-${++number}"`));
    last = line;
    yield line;
  }
}
