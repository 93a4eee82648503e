import { type CsvValue, csv } from '@hengjian/contract/csv-text.ts';
import { downloadHeaders } from '#lib/downloads/download-headers.ts';

/**
 * A download of however many rows: they are asked for as the client takes them, one batch is held at a time.
 * @param batches is ended early when the client goes away
 */
export function csvStream(
  name: string,
  head: readonly CsvValue[],
  batches: AsyncIterable<readonly (readonly CsvValue[])[]>,
): Response {
  const encoder = new TextEncoder();
  const coming = batches[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(csv([head]))),
      async pull(controller) {
        let batch = await coming.next();
        // Nobody asks again for what brought nothing.
        while (!batch.done && batch.value.length === 0) batch = await coming.next();
        if (batch.done) return controller.close();
        // The byte order mark stands once, before the first line.
        controller.enqueue(encoder.encode(csv(batch.value).slice(1)));
      },
      async cancel() {
        await coming.return?.();
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, { headers: downloadHeaders(name, 'text/csv; charset=utf-8') });
}
