/** What units enter about subjects: in time, late or never; lists that say what should be there; attaching and publishing. */

import { dayOf } from '../calendar.ts';
import { quarterOf, quarterText } from '../quarter.ts';
import type { Random } from '../random.ts';
import type { CityUnit } from './cities.ts';
import { answerDay, type CityLog, someWorkday, text } from './city-log.ts';
import type { Span } from './city-pushes.ts';

interface ListRow {
  uscc: string;
  doc_no: string;
  decided_on: string;
}

/** Members by type that the checks ask for. */
function membersOf(random: Random, type: string): Record<string, unknown> {
  if (type === 'licence.entered') return { kind: random.pick(['核准', '变更']) };
  if (type === 'penalty.entered')
    return {
      procedure: random.pick(['general', 'general', 'summary']),
      kind: '罚款',
      amount: random.between(2, 80) * 100,
    };
  if (type === 'dishonest.entered') return { list_kind: '其他失信' };
  if (type === 'abnormal.listed') return { reason: '未按规定公示年度报告' };
  return {};
}

export function recordEntries(log: CityLog, random: Random, unit: CityUnit, span: Span, quarter: number): void {
  // A unit that enters nothing for a quarter is what coverage is about.
  const silent = log.city.id === 'national' && unit.id === 'hbj' && quarter % 2 === 0;
  const lists: Record<'licence' | 'dishonest', ListRow[]> = { licence: [], dishonest: [] };
  const types = [
    'licence.entered',
    'licence.entered',
    'penalty.entered',
    'penalty.entered',
    'dishonest.entered',
    ...log.city.records,
  ];
  for (const type of types)
    for (let n = random.poisson(3); n > 0; n--) {
      const subject = log.uscc(span.base + random.below(12) + 1);
      const decided = someWorkday(random, span.first, span.last);
      const doc_no = log.name(type.slice(0, 2).toUpperCase());
      const decided_on = text(decided);
      if (type === 'licence.entered') lists.licence.push({ uscc: subject, doc_no, decided_on });
      if (/^(penalty|dishonest)/.test(type)) lists.dishonest.push({ uscc: subject, doc_no, decided_on });
      const entered = silent ? undefined : answerDay(random, unit.care, decided, 7);
      if (!entered) continue;
      const data = { doc_no, decided_on, ...membersOf(random, type) };
      const id = log.add(random, type, entered, log.sender(random, unit), data, subject);
      publishing(log, random, unit, entered, random.chance(0.8) ? doc_no : id, subject);
    }
  if (silent) return;
  const from = log.sender(random, unit);
  for (const [kind, rows] of Object.entries(lists))
    log.add(random, 'quarter_list.submitted', span.last - random.between(0, 3), from, {
      quarter: quarterText(quarter),
      kind,
      rows,
    });
}

function publishing(
  log: CityLog,
  random: Random,
  unit: CityUnit,
  entered: number,
  record_id: string,
  subject: string,
): void {
  const by = log.city.publisher ? log.unit(log.city.publisher) : unit;
  const attached = answerDay(random, by.care, entered, 18);
  if (attached)
    log.add(random, 'record.attached', attached, { id: by.departments[0]!.id }, { record_id, uscc: subject }, subject);
  const published = answerDay(random, by.care, entered, 16);
  if (published) log.add(random, 'record.published', published, { id: by.departments[0]!.id }, { record_id }, subject);
}

/** The stock of old records: most entered by the day that was set, some later, some still missing but on a list. */
export function backfill(log: CityLog, random: Random, unit: CityUnit, base: number): void {
  const window = log.city.backfill;
  if (!window) return;
  const rows = new Map<string, ListRow[]>();
  for (let n = 24; n > 0; n--) {
    const type = random.pick(window.types);
    const decided = someWorkday(random, dayOf(window.from), dayOf(window.to));
    const row = { uscc: log.uscc(base + n), doc_no: log.name('CL'), decided_on: text(decided) };
    if (type === 'licence.entered') {
      const quarter = quarterText(quarterOf(decided));
      rows.set(quarter, [...(rows.get(quarter) ?? []), row]);
    }
    if (!random.chance(unit.care)) continue;
    const due = dayOf(window.due);
    const entered = random.chance(0.8)
      ? someWorkday(random, Math.max(decided, dayOf(window.to)), due)
      : someWorkday(random, due + 1, due + 90);
    const data = { doc_no: row.doc_no, decided_on: row.decided_on, ...membersOf(random, type) };
    log.add(random, type, entered, log.sender(random, unit), data, row.uscc);
  }
  for (const [quarter, list] of rows)
    log.add(random, 'quarter_list.submitted', dayOf(window.due) + 1, unit.departments[0]!, {
      quarter,
      kind: 'licence',
      rows: list,
    });
}
