import { type CsvValue, csv } from '@hengjian/contract/csv-text.ts';

export { type CsvValue, csv };

/** A download with a name that old and new clients understand (RFC 6266). */
export function csvResponse(name: string, rows: readonly (readonly CsvValue[])[]): Response {
  return new Response(csv(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
    },
  });
}
