import { inRowsFromFirst, type ListWriter, member, textOf, textsOf, whenOf, wordOf } from './list-writer.ts';

const TYPES = ['inspection.done', 'result.entered', 'result.published'] as const;

/** 检查结果: a row per object of a task, with what was found and when it was published. */
export const results: ListWriter = {
  types: TYPES,
  record: `concat(toString(department), '\\n', subject, '\\n', ${member('task_id')})`,
  rows: (events, { nameOf }, layout) =>
    inRowsFromFirst(events, TYPES).map((row) => {
      const [done, entered, published] = TYPES.map((type) => row.get(type));
      const first = done ?? entered ?? published!;
      return {
        task: textOf(first, 'task_id'),
        subject: first.subject,
        dept: nameOf(first.department),
        people: done && textsOf(done, 'inspectors').join('、'),
        done: done && whenOf(done),
        result:
          entered &&
          textsOf(entered, 'codes')
            .map((code) => wordOf(layout, 'result', code))
            .join('；'),
        entered: entered && whenOf(entered),
        published: published && whenOf(published),
      };
    }),
};
