import { type DrawTask, listDrawTasks } from '@hengjian/models/queries/draws/list-draw-tasks.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';

/** The task of an address, within the scope. @throws 404 */
export async function taskOf({ parts, scope, locale }: App.Locals, id: string): Promise<DrawTask> {
  const [task] = await readRows(parts.reader, listDrawTasks(scope, { year: 0, task: id, limit: 1, offset: 0 }));
  if (!task)
    error(404, translate(locale, 'draws.unknown', { task: id }), {
      wayOut: translate(locale, 'draws.unknown.way_out'),
    });
  return task;
}
