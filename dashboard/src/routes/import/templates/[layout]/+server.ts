import { error } from '@sveltejs/kit';
import { XLSX } from '#lib/downloads/sent-workbook.ts';
import { translate } from '#lib/i18n/translate.ts';
import { fileResponse } from '#lib/server/file-response.ts';
import { importScene } from '#lib/server/import-scene.ts';
import type { RequestHandler } from './$types';

/** The empty table of a layout, which the import reads back. */
export const GET: RequestHandler = async ({ locals, params }) => {
  importScene(locals);
  const { tableImports } = locals.parts;
  const known = tableImports.templates().find(({ id }) => id === params.layout);
  const bytes = known && (await tableImports.template(known.id));
  if (!bytes) error(404, translate(locals.locale, 'import.no_template'));
  return fileResponse({ name: `${known.zh}.xlsx`, type: XLSX, bytes });
};
