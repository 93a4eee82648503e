/** Import as `import` does it: through the running ingest part if there is one, else by a sink of this process. */
import { announceWriter, type Environment, readRunFile, type Warehouse } from '@hengjian/warehouse';
import { pino } from 'pino';
import { EventSink } from '../store/event-sink.ts';
import { lastRecorded } from '../store/last-recorded.ts';
import { NO_REQUEST } from '../store/origin.ts';
import { openKafkaLog } from '../stream/log/open-kafka-log.ts';
import { remoteRowReceiver } from '../tables/import/remote-row-receiver.ts';
import type { RowReceiver } from '../tables/import/row-receiver.ts';
import { sinkRowReceiver } from '../tables/import/sink-row-receiver.ts';
import { type ImportedBytes, importBytes } from './import-bytes.ts';
import type { ImportCounts, LineReceiver } from './line-receiver.ts';
import { remoteReceiver } from './remote-receiver.ts';
import { sinkReceiver } from './sink-receiver.ts';

export interface Importer {
  /** @param name what origin says: the path of a file */
  receiver(name: string, kind?: 'file' | 'replay'): LineReceiver;
  /** The same for rows of a table. @param name path of the file, and the sheet */
  rows(name: string): RowReceiver;
  close(): Promise<void>;
}

/** What says where events go; with brokers they go to the log, where workers find the duplicates later. */
export type ImportEnvironment = Pick<Environment, 'dataDir'> &
  Partial<Pick<Environment, 'kafkaBrokers' | 'kafkaTopic'>>;

/** Bytes of an event in a file, and how far gzip packs them, as real logs have it: rough is good enough. */
const EVENT_BYTES = 250;
const PACKED = 10;
/** Beyond it the filter of known keys grows as needed. */
const MOST_EXPECTED = 20_000_000;

/** @param files as `probeFile` found them */
export const expectedEvents = (files: readonly { size: number; gzip: boolean }[]): number =>
  Math.min(
    MOST_EXPECTED,
    Math.ceil(files.reduce((sum, { size, gzip }) => sum + (size / EVENT_BYTES) * (gzip ? PACKED : 1), 0)),
  );

/**
 * @param warehouse is asked for only where this process writes itself
 * @throws CommandError where it would, beside another writer of the same server
 */
export async function openImporter(
  environment: ImportEnvironment,
  warehouse: () => Promise<Warehouse>,
  expected = 0,
): Promise<Importer> {
  const run = readRunFile(environment.dataDir);
  if (run?.ingest) {
    const running = { url: run.ingest.url, internalKey: run.internalKey };
    return {
      receiver: (name, kind = 'file') => remoteReceiver(running, name, kind),
      rows: (name) => remoteRowReceiver(running, name),
      close: async () => {},
    };
  }
  const { kafkaBrokers, kafkaTopic } = environment;
  if (kafkaBrokers?.length && kafkaTopic) {
    // Beside workers nobody else may write: the file goes through the log as everything does.
    const log = await openKafkaLog({ kafkaBrokers, kafkaTopic }, pino({ level: 'silent' }));
    return {
      receiver: (name, kind = 'file') => sinkReceiver(log.door, { kind, name, part: 0, request: NO_REQUEST }),
      rows: (name) => sinkRowReceiver(log.door, name),
      close: () => log.stop(),
    };
  }
  const opened = await warehouse();
  const writer = await announceWriter(opened, 'import');
  const sink = new EventSink({
    warehouse: opened,
    recordedAfter: await lastRecorded(opened),
    expectedEvents: expected,
    ...(writer ? { guard: writer.guard } : {}),
  });
  await sink.ready();
  return {
    receiver: (name, kind = 'file') => sinkReceiver(sink, { kind, name, part: 0, request: NO_REQUEST }),
    rows: (name) => sinkRowReceiver(sink, name),
    async close() {
      await sink.stop();
      await writer?.end();
    },
  };
}

export interface ImportLinesOptions {
  environment: ImportEnvironment;
  warehouse: Warehouse;
  /** What origin says. */
  name: string;
  /** Pieces of NDJSON, cut anywhere; strings are UTF-8. */
  lines: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** Told the number of bytes handed over so far. */
  onProgress?: (bytes: number) => void;
}

/** @throws when the lines could not be read or stored */
export async function importLines({
  environment,
  warehouse,
  name,
  lines,
  onProgress,
}: ImportLinesOptions): Promise<ImportCounts> {
  const importer = await openImporter(environment, async () => warehouse);
  const buffers = async function* () {
    let bytes = 0;
    for await (const piece of lines) {
      const buffer =
        typeof piece === 'string'
          ? Buffer.from(piece, 'utf8')
          : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      yield buffer;
      bytes += buffer.length;
      onProgress?.(bytes);
    }
  };
  let imported: ImportedBytes;
  try {
    imported = await importBytes(buffers(), importer.receiver(name));
  } finally {
    await importer.close();
  }
  const { failure, ...counts } = imported;
  if (failure) throw failure;
  return counts;
}
