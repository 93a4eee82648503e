import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { downloadHeaders } from './download-headers.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook that was written aside, dropped once it is sent or nobody takes it any more. */
export function sentWorkbook(
  name: string,
  { path, size, drop }: { path: string; size: number; drop: () => Promise<void> },
): Response {
  const stream = createReadStream(path).once('close', () => void drop());
  const headers = { ...downloadHeaders(name, XLSX), 'content-length': String(size) };
  return new Response(Readable.toWeb(stream) as ReadableStream, { headers });
}
