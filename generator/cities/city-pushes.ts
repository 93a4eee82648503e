/** Registrations, pushes, and what becomes of them; cancellations and subjects that cannot be found. */
import type { Random } from '../random.ts';
import type { CityUnit } from './cities.ts';
import { answerDay, type CityLog, someWorkday, text } from './city-log.ts';

export interface Span {
  first: number;
  last: number;
  /** Numbers of subjects that are new in the span begin here. */
  base: number;
}

const PUSHES = 13;

export function pushChains(log: CityLog, random: Random, unit: CityUnit, span: Span): void {
  const registrar = log.unit(log.city.registrar);
  for (let n = random.poisson(PUSHES); n > 0; n--) {
    const subject = log.uscc(span.base + n);
    const day = someWorkday(random, span.first, span.last);
    const region = random.pick(unit.regions);
    const data = {
      name: `示例${unit.id}第${span.base + n}号`,
      kind: 'enterprise',
      industry: random.pick(['F', 'H', 'C']),
      registered_on: text(day),
    };
    log.add(random, 'entity.registered', day, { id: registrar.id, region }, data, subject);
    if (random.chance(0.92)) onePush(log, random, unit, day, region, subject);
  }
}

function onePush(log: CityLog, random: Random, unit: CityUnit, day: number, region: string, subject: string): void {
  const { city } = log;
  const { care } = unit;
  const registrar = { id: city.registrar };
  const push_id = log.name('P');
  const department = random.pick(unit.departments);
  const licensed = random.chance(0.85);
  const to = { id: department.id, region };
  log.add(
    random,
    'registration.pushed',
    day,
    to,
    { push_id, bucket: licensed ? 'licensed' : 'unlicensed', matters: ['后置许可'] },
    subject,
  );
  const told = answerDay(random, log.unit(city.registrar).care, day, 3);
  if (told) log.add(random, 'enterprise.notified', told, registrar, { matters: ['后置许可'] }, subject);
  if (random.chance(0.02)) {
    log.add(random, 'push.voided', day + 1, registrar, { push_id, reason: '重复推送' });
    return;
  }
  const claimed = answerDay(random, care, day, city.claimDays);
  if (!claimed) {
    const level = random.pick(['before', 'on', 'after']);
    const reminded = answerDay(random, 0.8, day, 6);
    if (reminded) log.add(random, 'push.reminded', reminded, registrar, { push_id, level, channel: '短信' });
    return;
  }
  log.add(random, 'push.claimed', claimed, to, { push_id });
  const receipt = answerDay(random, care, day, 5);
  if (receipt) log.add(random, 'push.receipt_fed_back', receipt, to, { push_id });
  const handed = answerDay(random, care, claimed, 4);
  if (handed) log.add(random, 'push.dispatched', handed, to, { push_id, to_unit: '业务科室' });
  if (licensed) outcome(log, random, unit, { push_id, day, claimed, to, subject });
}

interface Push {
  push_id: string;
  day: number;
  claimed: number;
  to: { id: string; region: string };
  subject: string;
}

function outcome(log: CityLog, random: Random, unit: CityUnit, { push_id, day, claimed, to, subject }: Push): void {
  if (random.chance(0.62)) {
    const decided = someWorkday(random, claimed, claimed + 35);
    const told = answerDay(random, unit.care, decided, 7);
    if (told)
      log.add(random, 'push.outcome_fed_back', told, to, { push_id, outcome: 'licensed', decided_on: text(decided) });
    const entered = answerDay(random, unit.care, decided, 7);
    if (entered)
      log.add(
        random,
        'licence.entered',
        entered,
        to,
        { doc_no: log.name('XK'), decided_on: text(decided), kind: '核准', push_id },
        subject,
      );
    return;
  }
  // Sixty days are allowed; who comes later comes soon after.
  const checked = day + (random.chance(0.85) ? random.between(15, 58) : random.between(61, 75));
  if (random.chance(unit.care))
    log.add(random, 'followup.checked', checked, to, {
      push_id,
      checked_on: text(checked),
      finding: random.pick(['未开业', '已歇业', '无需许可']),
    });
  const closed = answerDay(random, 0.6, claimed, 20);
  if (closed)
    log.add(random, 'push.outcome_fed_back', closed, to, {
      push_id,
      outcome: random.pick(['not_applied', 'not_required']),
    });
}

/** Subjects of a unit that close, and what the unit does with their licences; subjects nobody finds at their address. */
export function endings(log: CityLog, random: Random, unit: CityUnit, span: Span): void {
  const registrar = log.unit(log.city.registrar);
  for (let n = random.poisson(3); n > 0; n--) {
    const subject = log.uscc(span.base + 300 + n);
    const from = log.sender(random, unit);
    const opened = someWorkday(random, span.first, span.last);
    const doc_no = log.name('XK');
    log.add(random, 'licence.entered', opened + 3, from, { doc_no, decided_on: text(opened), kind: '核准' }, subject);
    const day = someWorkday(random, opened + 30, opened + 100);
    const type = random.chance(0.8) ? 'entity.cancelled' : 'entity.revoked';
    const trigger_event_id = log.add(random, type, day, { id: registrar.id }, { decided_on: text(day) }, subject);
    const acted = answerDay(random, unit.care, day, 7);
    if (!acted) continue;
    if (random.chance(0.5))
      log.add(random, 'linkage.action', acted, from, { trigger_event_id, measure: '注销许可' }, subject);
    else
      log.add(
        random,
        'licence.entered',
        acted,
        from,
        { doc_no: `${doc_no}-Z`, decided_on: text(acted), kind: '注销' },
        subject,
      );
  }
  for (let n = random.poisson(2); n > 0; n--) {
    const subject = log.uscc(span.base + 350 + n);
    const day = someWorkday(random, span.first, span.last);
    log.add(random, 'subject.unreachable', day, log.sender(random, unit), { found_at: text(day) }, subject);
    const listed = answerDay(random, registrar.care, day, 15);
    if (listed)
      log.add(
        random,
        'abnormal.listed',
        listed,
        { id: registrar.id },
        { reason: '通过登记的住所无法联系', decided_on: text(listed) },
        subject,
      );
  }
}
