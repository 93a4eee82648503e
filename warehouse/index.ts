export { answers, inTime } from './answers.ts';
export { type BackupReport, backupWarehouse } from './backup/backup-warehouse.ts';
export { keepOfficeFiles, type RestoredFiles, restoreOfficeFiles } from './backup/office-files.ts';
export { type RestoreOptions, restoreWarehouse } from './backup/restore-warehouse.ts';
export { type CommandContext, CommandError, UNAVAILABLE } from './command-context.ts';
export type { EngineAccess } from './engine/engine-config.ts';
export { DataDirLockedError } from './engine/lock-data-dir.ts';
export { type RunFile, readRunFile, removeRunFile, writeRunFile } from './engine/run-file.ts';
export type { Engine } from './engine/supervise-engine.ts';
export { writeOwnFile } from './engine/write-own-file.ts';
export { type Environment, EnvironmentError, readEnvironment } from './environment.ts';
export { endInserts } from './lease/end-inserts.ts';
export { asideName, dropAside, fencedWarehouse } from './lease/fenced-warehouse.ts';
export { type Lease, takeLease } from './lease/lease.ts';
export { describeLease, livingLeases, SILENT_SECONDS } from './lease/living-leases.ts';
export { asTakenOver, TakenOverError } from './lease/taken-over-error.ts';
export { writerLease } from './lease/writer-lease.ts';
export { listenUrl } from './listen-url.ts';
export {
  connectionTo,
  type OpenOptions,
  openUnasked,
  openWarehouse,
  ownEngine,
  prepareDatabase,
} from './open-warehouse.ts';
export { isConnectionError } from './retry.ts';
export {
  connectWarehouse,
  type InsertGuard,
  type InsertOptions,
  type Params,
  type Settings,
  type Warehouse,
} from './warehouse.ts';
