export { registerIngestCommands } from './commands/register-ingest-commands.ts';
export { type ImportLinesOptions, importLines } from './file/import-lines.ts';
export type { ImportCounts } from './file/line-receiver.ts';
export { buildIngestApp, type IngestAppOptions } from './http/ingest-app.ts';
export { type IngestPart, type StartOptions, startIngest } from './http/start-ingest.ts';
export { createKey, type NewKey } from './keys/key-log.ts';
export { eventFamilies, eventTypes } from './schema/event-types.ts';
export { EventSink, type SinkOptions } from './sink/event-sink.ts';
export { type StartWorkerOptions, startWorker } from './worker/start-worker.ts';
