/** Oracle of the measures about records: entry, back-fill, attaching, publishing, coverage (rulesets.md §2, Records). */
import { type Day, isDay } from '../../calendar/day.ts';
import { type RateLog, type Row, textOf } from './rates-log.ts';

type Limit = number | undefined;

interface Rec {
  unit: string;
  class: string;
  subject: string;
  key: string;
  produced: Day;
  entries: RateLog['log'][number][];
}

const CLASSES: Record<string, string> = {
  'licence.entered': 'licence',
  'penalty.entered': 'dishonest',
  'dishonest.entered': 'dishonest',
};

const dayOf = (value: unknown): Day | undefined =>
  typeof value === 'string' && /^(19|20|21)/.test(value) && isDay(value) ? value : undefined;

function entriesOf(log: RateLog) {
  return log
    .of(...log.district.records)
    .filter((entry) => dayOf(entry.d.decided_on) && log.hasDuty(log.unitOf(entry)?.id, 'entry'));
}

function recordsOf(log: RateLog): Rec[] {
  const records = new Map<string, Rec>();
  const record = (unit: string, cls: string, subject: string, key: string, day: Day) => {
    const id = JSON.stringify([unit, cls, subject, key]);
    const found = records.get(id) ?? { unit, class: cls, subject, key, produced: day, entries: [] };
    if (day < found.produced) found.produced = day;
    records.set(id, found);
    return found;
  };
  for (const entry of entriesOf(log)) {
    const key = textOf(entry.d.doc_no, false) ?? textOf(entry.d.case_id, false) ?? entry.id;
    const unit = log.unitOf(entry)!.id;
    record(unit, CLASSES[entry.type] ?? entry.type, entry.subject, key, entry.d.decided_on).entries.push(entry);
  }
  const latest = new Map<string, RateLog['log'][number]>();
  for (const list of log.of('quarter_list.submitted'))
    latest.set(JSON.stringify([log.unitOf(list)?.id, list.department, list.d.quarter, list.d.kind]), list);
  for (const list of latest.values()) {
    const unit = log.unitOf(list)?.id;
    if (!log.hasDuty(unit, 'entry') || !['licence', 'dishonest'].includes(list.d.kind)) continue;
    for (const row of list.d.rows)
      if (textOf(row.uscc, false) && textOf(row.doc_no, false) && dayOf(row.decided_on))
        record(unit!, list.d.kind, row.uscc.toUpperCase(), row.doc_no, row.decided_on);
  }
  return [...records.values()];
}

/** Day of the first event of a type that speaks of the record. */
function answerDay(log: RateLog, type: string, record: Rec): Day | undefined {
  const ids = new Set([record.key, ...record.entries.map(({ id }) => id)]);
  return log
    .of(type)
    .find(
      ({ d, subject }) =>
        typeof d.record_id === 'string' && ids.has(d.record_id) && (subject === '' || subject === record.subject),
    )?.day;
}

/** The unit that attaches and publishes a record. */
function publisherOf(log: RateLog, record: Rec): string | undefined {
  const { publishDuty } = log.district;
  return publishDuty === undefined ? record.unit : log.holderOf(record.entries[0]!, publishDuty);
}

function mustBePublished({ district }: RateLog, { entries: [first] }: Rec): boolean {
  if (!first || first.d.publish === false || !district.publishTypes.includes(first.type)) return false;
  return !(district.generalPenaltiesOnly && first.type === 'penalty.entered' && first.d.procedure !== 'general');
}

export const recordMeasures: Record<string, (log: RateLog, limit: Limit) => Row[]> = {
  entry: (log, limit) =>
    recordsOf(log)
      .filter(({ produced }) => produced >= (log.district.entryFrom ?? ''))
      .flatMap(({ unit, key, subject, produced, entries }) =>
        log.place({ unit, key, subject }, produced, limit, entries[0]?.day),
      ),

  backfill: (log) =>
    recordsOf(log).flatMap((record) => {
      const window = log.district.backfillWindows.find(({ classes }) => !classes || classes.includes(record.class))!;
      if (record.produced < window.from || record.produced > window.to) return [];
      const validTo = dayOf(record.entries[0]?.d.valid_to);
      if (window.validFrom && validTo && validTo < window.validFrom) return [];
      const due = log.district.backfillDue ?? null;
      const entered = record.entries[0]?.day;
      const { unit, key, subject } = record;
      const onTime = entered !== undefined && (due === null || entered <= due);
      return [{ unit, key, subject, due, done: entered !== undefined, onTime }];
    }),

  attach: (log, limit) =>
    recordsOf(log).flatMap((record) => {
      const entered = record.entries[0]?.day;
      if (log.district.attachOf === 'entered' && entered === undefined) return [];
      const unit = publisherOf(log, record);
      if (unit === undefined) return [];
      const start = log.district.attachOf === 'entered' ? entered! : record.produced;
      const row = { unit, key: record.key, subject: record.subject };
      return log.place(row, start, limit, answerDay(log, 'record.attached', record));
    }),

  publish: (log, limit) =>
    recordsOf(log).flatMap((record) => {
      if (!mustBePublished(log, record)) return [];
      const unit = publisherOf(log, record);
      if (unit === undefined) return [];
      const start = log.district.publishFrom === 'entry' ? record.entries[0]!.day : record.produced;
      const row = { unit, key: record.key, subject: record.subject };
      return log.place(row, start, limit, answerDay(log, 'record.published', record));
    }),

  coverage: (log) => {
    const heard = new Set(
      entriesOf(log)
        .filter(({ day }) => log.inQuarter(day))
        .map((entry) => log.unitOf(entry)!.id),
    );
    return log.withDuty('lead').flatMap(({ id: unit }) =>
      log.withDuty('entry').map(({ id }) => ({
        unit,
        key: id,
        subject: '',
        due: null,
        done: heard.has(id),
        onTime: heard.has(id),
      })),
    );
  },
};
