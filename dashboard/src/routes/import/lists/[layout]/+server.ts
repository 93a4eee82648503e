import { error } from '@sveltejs/kit';
import { tableResponse } from '#lib/downloads/table-response.ts';
import { translate } from '#lib/i18n/translate.ts';
import { importScene } from '#lib/server/import-scene.ts';
import type { RequestHandler } from './$types';

/** What is stored of a list, as the table that the import reads back to the same events; of a limited account what its units did, and none of what its role does not see. */
export const GET: RequestHandler = ({ locals, params }) => {
  importScene(locals);
  const { locale, parts, scope } = locals;
  const table = parts.storedLists.list(params.layout, scope);
  if (!table) error(404, translate(locale, 'import.no_list'));
  return tableResponse(parts, 'xlsx', table);
};
