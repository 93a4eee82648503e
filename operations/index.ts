export { registerBackupCommands } from './backup/backup-commands.ts';
export { commandContext } from './command-context.ts';
export { registerOperationCommands } from './commands.ts';
export { failure } from './failure.ts';
