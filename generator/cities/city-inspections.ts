/** Libraries, yearly plans, tasks, draws, inspections and the publication of their results. */
import { dayOf, yearOf } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { CityUnit } from './cities.ts';
import { answerDay, type CityLog, someWorkday, text, workdayAfter } from './city-log.ts';
import type { Span } from './city-pushes.ts';

export function libraries(log: CityLog, random: Random, unit: CityUnit): void {
  for (const library of log.city.libraries) {
    if (!random.chance(unit.care)) continue;
    // Some are late, and some stay empty.
    const day = dayOf(log.city.librariesBuilt) + random.between(-8, 20);
    const count = random.chance(0.93) ? random.between(12, 900) : 0;
    const approved = library === 'items' ? { approved_by_legal: true, approved_by_office: true } : {};
    log.add(random, 'library.updated', day, unit.departments[0]!, { library, count, ...approved });
  }
}

export function inspections(log: CityLog, random: Random, unit: CityUnit, span: Span): void {
  const year = yearOf(span.first);
  const own = unit.departments[0]!;
  const plan_id = `JH-${unit.id}-${year}`;
  if (text(span.first).endsWith('01-01') && random.chance(unit.care))
    log.add(random, 'plan.filed', span.first + random.between(8, 25), own, { plan_id, year });
  const task_id = log.name('RW');
  const day = someWorkday(random, span.first + 5, span.first + 45);
  const task = {
    task_id,
    plan_id,
    year,
    scope: random.chance(0.7) ? 'single' : 'joint',
    lead: unit.id,
    directed: false,
  };
  log.add(random, 'task.created', day, own, task);
  const drawn = workdayAfter(day, 2);
  const objects = Array.from({ length: random.between(6, 14) }, (_, n) => log.uscc(span.base + n + 1));
  log.add(random, 'draw.executed', drawn, own, { task_id, objects });
  for (const subject of objects) {
    const done = answerDay(random, unit.care, drawn, 20);
    if (!done) continue;
    const from = log.sender(random, unit);
    log.add(random, 'inspection.done', done, from, { task_id }, subject);
    const code = random.chance(0.8) ? '1' : random.pick(['B', '5', '10']);
    log.add(random, 'result.entered', done + 1, from, { task_id, codes: [code] }, subject);
    const published = answerDay(random, unit.care, done, 18);
    if (published) log.add(random, 'result.published', published, from, { task_id }, subject);
  }
}
