import type { Environment } from './environment.ts';
import type { Warehouse } from './warehouse.ts';

export interface WriteOutcome {
  accepted: number;
  /** Null where only the workers find duplicates. */
  duplicate: number | null;
  rejected: { index: number; id: string | null; reason: string; detail: string }[];
}

/** What the front door hands to every command. */
export interface CommandContext {
  environment: Environment;
  /** Opens the warehouse of this data directory or URL once; closed by the front door when the command ends. */
  warehouse(role?: 'app' | 'reader'): Promise<Warehouse>;
  /** Stores events by the one way in, with the checks of any event; durable when it resolves. */
  writeEvents(events: readonly object[]): Promise<WriteOutcome>;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
}

/** EX_UNAVAILABLE of sysexits.h: what the command needs does not answer. */
export const UNAVAILABLE = 69;

/** An expected failure of a command: one clear sentence for stderr, and the exit code (never 0). */
export class CommandError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
