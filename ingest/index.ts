export { eventFamilies, eventTypes } from '@hengjian/contract/schema/event-types.ts';
export { registerIngestCommands } from './commands/register-ingest-commands.ts';
export { buildIngestApp, type IngestAppOptions } from './edge/ingest-app.ts';
export { createKey, type NewKey } from './edge/keys/key-log.ts';
export { type IngestPart, type StartOptions, startIngest } from './edge/start-ingest.ts';
export { type ImportLinesOptions, importLines } from './files/import-lines.ts';
export type { ImportCounts } from './files/line-receiver.ts';
export { EventSink, type SinkOptions } from './store/event-sink.ts';
export { type StartWorkerOptions, startWorker } from './stream/worker/start-worker.ts';
