import { type ListRow, type ListWriter, organOf, type StoredEvent, textOf, whenOf } from './list-writer.ts';

/** 经营异常名录 or 严重违法失信名单: a row per listing, with the removal that ended it. */
export function listingList(family: 'abnormal' | 'blacklist'): ListWriter {
  const [listedType, removedType] = [`${family}.listed`, `${family}.removed`] as const;
  return {
    types: [listedType, removedType],
    record: 'subject',
    rows(events, names) {
      const rows: { listed?: StoredEvent; removed?: StoredEvent }[] = [];
      for (const event of events) {
        if (event.type === listedType) rows.push({ listed: event });
        else {
          const open = rows.filter(({ listed, removed }) => listed && !removed);
          const ended = open.findLast(({ listed }) => listed!.department === event.department) ?? open.at(-1);
          if (ended) ended.removed = event;
          else rows.push({ removed: event });
        }
      }
      return rows.map(
        ({ listed, removed }): ListRow => ({
          subject: (listed ?? removed!).subject,
          listed: listed && dayOf(listed),
          reason: listed && textOf(listed, 'reason'),
          organ: listed && organOf(listed, names),
          state: removed ? '移出' : '列入',
          removed: removed && dayOf(removed),
          outreason: removed && textOf(removed, 'reason'),
          outorgan: removed && organOf(removed, names),
        }),
      );
    },
  };
}

/** The day of the decision, with the hour where the event is of that day. */
function dayOf(event: StoredEvent): string {
  const decided = textOf(event, 'decided_on');
  return decided === '' || event.time.startsWith(decided) ? whenOf(event) : decided;
}
