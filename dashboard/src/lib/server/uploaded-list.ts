import type { FiledList } from '@hengjian/contract/list-files.ts';
import type { Problem } from '#lib/forms/form-values.ts';
import { problemText } from '#lib/forms/problem-text.ts';
import { translate } from '#lib/i18n/translate.ts';
import type { EntryScene } from './entry-scene.ts';
import { choiceProblems } from './filed-list.ts';
import { problemIn } from './record-form.ts';

/** So many wrong rows are named; the rest are counted. */
const NAMED = 20;

/** The lists in a file somebody sent: all of them right, or what is wrong. */
export async function readUpload(
  locals: App.Locals,
  scene: EntryScene,
  file: FormDataEntryValue | null,
  unit: string,
): Promise<{ ok: true; lists: FiledList[] } | { ok: false; problems: Problem[] }> {
  if (!(file instanceof File) || file.size === 0)
    return { ok: false, problems: [problemIn(locals, 'file', 'entries.lists.no_file')] };
  const read = await locals.parts.listFiles.read(new Uint8Array(await file.arrayBuffer()), unit);
  if (!read.ok && read.unreadable !== undefined)
    return {
      ok: false,
      problems: [problemIn(locals, 'file', 'entries.lists.unreadable', { name: file.name, why: read.unreadable })],
    };
  if (!read.ok) {
    const problems = read.refused.slice(0, NAMED).map(({ row, reason, detail }) => ({
      field: 'file',
      text:
        row === 0
          ? problemText(locals.locale, reason, detail)
          : translate(locals.locale, 'entries.lists.row', {
              n: row,
              words: problemText(locals.locale, reason, ''),
            }),
    }));
    if (read.refused.length > NAMED)
      problems.push(problemIn(locals, 'file', 'entries.lists.more', { n: read.refused.length - NAMED }));
    return { ok: false, problems };
  }
  if (read.lists.length === 0) return { ok: false, problems: [problemIn(locals, 'file', 'entries.lists.empty')] };
  const problems = read.lists.flatMap((list) =>
    choiceProblems(locals, scene, list).map(({ text }) => ({ field: 'file', text })),
  );
  return problems.length > 0 ? { ok: false, problems } : { ok: true, lists: read.lists };
}
