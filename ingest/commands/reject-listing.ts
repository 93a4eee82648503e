/** The list of refused events, piece by piece: each may hold a MiB of bytes, and there may be any number. */
import { visibleLine } from '@hengjian/contract/visible-text.ts';
import type { Reject } from '../store/rejects/open-rejects.ts';

/** One JSON array. */
export async function* rejectsAsJson(rows: AsyncIterable<Reject>): AsyncGenerator<string> {
  let before = '[';
  for await (const { from: _, ...row } of rows) {
    yield `${before}${JSON.stringify({ ...row, bytes: row.bytes.toString('utf8') })}`;
    before = ',';
  }
  yield `${before === '[' ? '[' : ''}]\n`;
}

export async function* rejectsAsText(rows: AsyncIterable<Reject>): AsyncGenerator<string> {
  for await (const row of rows)
    yield `${row.reject_id}  ${row.recorded_at}  ${row.reason}\n  ${visibleLine(row.origin)}\n  ${visibleLine(row.detail)}\n`;
}
