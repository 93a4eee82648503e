import { stat } from 'node:fs/promises';
import { error } from '@sveltejs/kit';
import { sentWorkbook } from '#lib/downloads/sent-workbook.ts';
import { translate } from '#lib/i18n/translate.ts';
import { faultText } from '#lib/import/fault-text.ts';
import { unreadableText } from '#lib/import/unreadable-text.ts';
import { importOf } from '#lib/server/import-scene.ts';
import type { RequestHandler } from './$types';

/** A file of an import again, with a column that says what is wrong in each row; it is written aside and then sent. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { locale, parts, scope } = locals;
  const found = await importOf(locals, params.id);
  const index = /^\d{1,3}$/.test(params.file) ? Number(params.file) : -1;
  const preview = found.previews[index];
  const readable = preview?.unreadable === null;
  const marked = readable
    ? await parts.imports
        .marked(scope, found, index, (reason, detail) => faultText(reason, detail, locale))
        .catch((thrown: unknown) => {
          if (!(thrown instanceof Error) || thrown.name !== 'UnreadableFileError') throw thrown;
          error(422, unreadableText(thrown.message, locale));
        })
    : undefined;
  if (marked === 'busy') error(429, translate(locale, 'import.marking_busy'));
  if (!preview || !marked) error(404, translate(locale, found.hasFiles ? 'import.unknown' : 'import.files_gone'));
  const name = `${preview.name.replace(/\.\w{1,5}$/, '')}-${translate(locale, 'import.marked_name')}.xlsx`;
  return sentWorkbook(name, { ...marked, size: (await stat(marked.path)).size });
};
