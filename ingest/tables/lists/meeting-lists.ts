/** 会议签到 and 材料上报: a row per unit of whom something was asked, with what it did. */
import {
  askerText,
  type ListWriter,
  member,
  type StoredEvent,
  textOf,
  textsOf,
  whenOf,
  wordOf,
} from './list-writer.ts';

/** Units that owe it, then those that did it all the same. */
const unitsOf = (asked: StoredEvent, acts: readonly StoredEvent[]): string[] => [
  ...new Set([...textsOf(asked, 'required'), ...acts.map(({ department }) => department)]),
];

export const attendance: ListWriter = {
  types: ['meeting.held', 'meeting.attended'],
  record: member('meeting_id'),
  rows(events, names, layout) {
    const acts = events.filter(({ type }) => type === 'meeting.attended');
    // What was said last of a meeting stands.
    const held = events.findLast(({ type }) => type === 'meeting.held');
    if (!held) return [];
    return unitsOf(held, acts).map((unit) => {
      const attended = acts.findLast(({ department }) => department === unit);
      return {
        unit: names.nameOf(unit),
        status: wordOf(layout, 'status', attended ? textOf(attended, 'status') : 'none'),
        signed: attended && whenOf(attended),
        meeting: textOf(held, 'meeting_id'),
        held: whenOf(held),
        organiser: askerText(held, names),
      };
    });
  },
};

export const materials: ListWriter = {
  types: ['material.due', 'material.submitted'],
  record: member('obligation_id'),
  rows(events, names) {
    const acts = events.filter(({ type }) => type === 'material.submitted');
    const due = events.findLast(({ type }) => type === 'material.due');
    if (!due) return [];
    const said = {
      ob: textOf(due, 'obligation_id'),
      due: textOf(due, 'due_on'),
      asked: whenOf(due),
      asker: askerText(due, names),
    };
    return unitsOf(due, acts).flatMap((unit) => {
      const own = acts.filter(({ department }) => department === unit);
      const sent = own.length > 0 ? own.map(whenOf) : [undefined];
      return sent.map((day) => ({ ...said, unit: names.nameOf(unit), sent: day }));
    });
  },
};
