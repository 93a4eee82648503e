/** Joint punishment, objections, data quality, alerts, unlicensed business, materials, annual reports. */

import { dayOf, yearOf } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { CityUnit } from './cities.ts';
import { answerDay, type CityLog, someWorkday, text } from './city-log.ts';
import type { Span } from './city-pushes.ts';

export function punishments(log: CityLog, random: Random, unit: CityUnit, span: Span): void {
  for (let n = random.poisson(5); n > 0; n--) {
    const subject = log.uscc(span.base + random.below(12) + 1);
    const day = someWorkday(random, span.first, span.last);
    const hit = random.chance(0.45);
    const from = log.sender(random, unit);
    log.add(random, 'verify.queried', day, from, { purpose: '政府采购', hit }, subject);
    const applied = hit && answerDay(random, unit.care, day, 5);
    // The national notice counts punishments that somebody began, and no others.
    if (applied && log.city.id !== 'national')
      log.add(random, 'punishment.applied', applied, from, {
        case_id: log.name('YZ'),
        targets: [subject],
        measure: '限制参加',
      });
  }
  for (let n = random.poisson(1); n > 0; n--) {
    const case_id = log.name('CJ');
    const day = someWorkday(random, span.first, span.last);
    const others = log.city.units.filter(({ id, duties }) => id !== unit.id && duties.includes('punish'));
    const implementers = random.sample(others, Math.min(3, others.length));
    const named = random.chance(0.8) ? { implementers: implementers.map(({ id }) => id) } : {};
    log.add(random, 'punishment.initiated', day, log.sender(random, unit), {
      case_id,
      targets: [log.uscc(span.base + 1)],
      measure: '联合惩戒',
      ...named,
    });
    for (const other of implementers) {
      const from = log.sender(random, other);
      const received = answerDay(random, other.care, day, 3);
      if (!received) continue;
      log.add(random, 'punishment.received', received, from, { case_id });
      const applied = answerDay(random, other.care, received, 10);
      if (!applied) continue;
      log.add(random, 'punishment.applied', applied, from, { case_id, targets: [log.uscc(span.base + 1)] });
      const reported = answerDay(random, other.care, applied, 10);
      if (reported) log.add(random, 'punishment.fed_back', reported, from, { case_id, result: '已落实' });
    }
  }
}

export function objections(log: CityLog, random: Random, unit: CityUnit, span: Span): void {
  for (let n = random.poisson(2); n > 0; n--) {
    const objection = { objection_id: log.name('YY'), record_id: log.name('JL') };
    const day = someWorkday(random, span.first, span.last);
    const desk = { id: log.city.registrar };
    log.add(random, 'objection.filed', day, desk, objection);
    const forwarded = day + random.between(0, 2);
    log.add(random, 'objection.forwarded', forwarded, desk, { ...objection, to_unit: unit.id });
    const answered = answerDay(random, unit.care, forwarded, 20);
    if (answered)
      log.add(random, 'objection.answered', answered, log.sender(random, unit), {
        ...objection,
        consistent: random.chance(0.6),
      });
  }
}

export function quality(log: CityLog, random: Random, unit: CityUnit, span: Span): void {
  for (const rule_id of ['统一社会信用代码', '决定日期', '文书号'])
    for (const day of [span.first + 20, span.first + 50, span.first + 80]) {
      const n = random.between(300, 2400);
      const failed = random.chance(unit.care - 0.2) ? 0 : random.between(1, Math.round(n * (1.05 - unit.care)));
      log.add(random, 'quality.checked', day, log.sender(random, unit), { rule_id, n, failed });
    }
}

export function alerts(log: CityLog, random: Random, unit: CityUnit, span: Span): void {
  for (let n = random.poisson(4); n > 0; n--) {
    const alert = { alert_id: log.name('YJ'), topic: random.pick(['无证经营', '虚假宣传', '预付卡']) };
    const day = someWorkday(random, span.first, span.last);
    log.add(random, 'risk.alert_raised', day, log.sender(random, unit), alert);
    const disposed = answerDay(random, unit.care, day, 12);
    if (disposed) log.add(random, 'risk.disposed', disposed, log.sender(random, unit), alert);
  }
}

export function unlicensedCases(log: CityLog, random: Random, unit: CityUnit, span: Span): void {
  for (let n = random.poisson(5); n > 0; n--) {
    const found = { case_id: log.name('WZ'), kind: random.pick(['无证无照', '有照无证']) };
    const day = someWorkday(random, span.first, span.last);
    const from = log.sender(random, unit);
    log.add(random, 'unlicensed.reported', day, from, found);
    const handled = answerDay(random, unit.care, day, 15);
    if (handled) log.add(random, 'unlicensed.handled', handled, from, { ...found, measure: '责令停止' });
  }
}

/** A report on the work that every unit owes in the second month. */
export function materials(log: CityLog, random: Random, span: Span): void {
  const obligation_id = log.name('CL');
  const due = span.first + 55;
  const required = log.city.units.map(({ id }) => id);
  log.add(
    random,
    'material.due',
    span.first + 5,
    { id: log.city.registrar },
    { obligation_id, due_on: text(due), required },
  );
  for (const unit of log.city.units) {
    if (!random.chance(unit.care)) continue;
    const day = due - (random.chance(0.85) ? random.between(0, 20) : -random.between(1, 9));
    log.add(random, 'material.submitted', day, log.sender(random, unit), { obligation_id });
  }
}

const STOCK = 60;

/** The stock of subjects, registered long ago, and what they report each year. */
export function stock(log: CityLog, random: Random, base: number): void {
  for (let n = 1; n <= STOCK; n++) {
    const day = someWorkday(random, dayOf('2012-03-01'), dayOf('2023-11-30'));
    const region = random.pick(log.city.units.flatMap(({ regions }) => regions));
    const data = {
      name: `示例存量第${n}号`,
      kind: 'enterprise',
      industry: random.pick(['F', 'C', 'H']),
      registered_on: text(day),
    };
    log.add(random, 'entity.registered', day, { id: log.city.registrar, region }, data, log.uscc(base + n));
  }
}

export function annualReports(log: CityLog, random: Random, span: Span, base: number): void {
  const year = yearOf(span.first);
  for (let n = 1; n <= STOCK; n++)
    if (random.chance(0.3)) {
      const day = someWorkday(random, span.first, span.last);
      log.add(random, 'annual_report.filed', day, { id: log.city.registrar }, { year: year - 1 }, log.uscc(base + n));
    }
}
