/** 双公示: a row per decision, in the national form of 2019, with the day on which it was published. */
import type { Layout } from '../layouts/layout.ts';
import {
  inRowsFromFirst,
  type ListNames,
  type ListRow,
  type ListWriter,
  member,
  organOf,
  type StoredEvent,
  textOf,
  whenOf,
  wordOf,
} from './list-writer.ts';

const PUBLISHED = 'record.published';
const WAN = 10_000;

/** By kind of decision: what the table says of it alone. */
const ofLicence = (event: StoredEvent): ListRow => ({
  kind: textOf(event, 'kind'),
  cert: textOf(event, 'certificate_no'),
  vfrom: textOf(event, 'valid_from'),
  vto: event.data.open_ended === true ? '长期' : textOf(event, 'valid_to'),
});

const ofPenalty = (event: StoredEvent, layout: Layout): ListRow => ({
  kind: textOf(event, 'kind'),
  fine: inWan(event.data.amount),
  confiscated: inWan(event.data.confiscated),
  procedure: event.data.procedure === 'unknown' ? '' : wordOf(layout, 'procedure', textOf(event, 'procedure')),
});

/** Whole cents are divided once, which is exact as far as a number can be. */
const inWan = (yuan: unknown): number | undefined =>
  typeof yuan === 'number' ? Math.round(yuan * 100) / (100 * WAN) : undefined;

function decisionList(type: string, ofType: (event: StoredEvent, layout: Layout) => ListRow): ListWriter {
  return {
    types: [type, PUBLISHED],
    beside: [PUBLISHED],
    record: `concat(toString(department), '\\n', subject, '\\n', if(type = '${PUBLISHED}', ${member('record_id')}, ${member('doc_no')}))`,
    extra: { stamp: '数据更新时间戳' },
    numbers: ['fine', 'confiscated'],
    rows: (events, names, layout) =>
      inRowsFromFirst(events, [type, PUBLISHED]).flatMap((row) => {
        const entered = row.get(type);
        return entered
          ? [{ ...decisionCells(entered, row.get(PUBLISHED), names, layout), ...ofType(entered, layout) }]
          : [];
      }),
  };
}

function decisionCells(
  event: StoredEvent,
  published: StoredEvent | undefined,
  names: ListNames,
  layout: Layout,
): ListRow {
  const from = textOf(event, 'time_from');
  const status = textOf(event, 'status');
  return {
    name: textOf(event, 'name'),
    party: event.subject.startsWith('92') ? '个体工商户' : '法人及非法人组织',
    subject: event.subject,
    doc: textOf(event, 'doc_no'),
    decided: textOf(event, 'decided_on'),
    organ: organOf(event, names),
    status: status && wordOf(layout, 'status', status),
    // Nobody knows when it was entered where its time is that of the decision.
    entry: from === 'stamp' || from === 'decision' ? '' : whenOf(event),
    stamp: from === 'stamp' ? whenOf(event) : '',
    published: published && whenOf(published),
  };
}

export const licences = decisionList('licence.entered', ofLicence);
export const penalties = decisionList('penalty.entered', ofPenalty);
