import { error } from '@sveltejs/kit';
import { type TableFormat, tableResponse } from '#lib/downloads/table-response.ts';
import { translate } from '#lib/i18n/translate.ts';
import { importScene } from './import-scene.ts';

/** What is stored of a list, as the table that the import reads back to the same events; of a limited account what its units did, and none of what its role does not see. */
export function storedListResponse(
  locals: App.Locals,
  layout: string,
  format: TableFormat,
): Response | Promise<Response> {
  importScene(locals);
  const { locale, parts, scope } = locals;
  const table = parts.storedLists.list(layout, scope);
  if (!table) error(404, translate(locale, 'import.no_list'));
  return tableResponse(parts, format, table);
}
