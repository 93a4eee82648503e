import { randomUUID } from 'node:crypto';
import type { EventWriter, Written } from '@hengjian/contract/event-writer.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';

/** `EventWriter.write` of a writer that takes bytes: one submission, flushed. */
export async function writeEvents(
  writer: Omit<EventWriter, 'write'>,
  events: readonly object[],
  rights: WriteRights,
): Promise<Written> {
  await writer.room();
  const submission = writer.open({
    origin: { kind: 'product', name: rights.by, part: 0, request: randomUUID() },
    rights,
    nameRejections: true,
  });
  for (const [index, event] of events.entries()) {
    const bytes = Buffer.from(JSON.stringify(event), 'utf8');
    writer.take(submission, bytes, 0, bytes.length, index, true);
    if (!writer.hasRoom()) await writer.room();
  }
  const { accepted, duplicate, rejections } = await writer.flush(submission);
  return {
    accepted,
    duplicate: writer.findsDuplicates ? duplicate : null,
    rejected: rejections.map(({ id, ...rest }) => ({ ...rest, id: id === '' ? null : id })),
  };
}
