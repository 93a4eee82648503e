import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import type { Environment } from './environment.ts';
import type { Warehouse } from './warehouse.ts';

/** What the front door hands to every command. */
export interface CommandContext {
  environment: Environment;
  /** Opens the warehouse of this data directory or URL once; closed by the front door when the command ends. */
  warehouse(role?: 'app' | 'reader'): Promise<Warehouse>;
  /**
   * Opens the way for events once: the edge of a running `up`, the log, or the warehouse; closed when the command ends.
   * @param options how many events are known to come, where there are many
   * @throws CommandError where another one writes into the same server already
   */
  writer(options?: { expectedEvents?: number }): Promise<EventWriter>;
  /** Instead of the standard input of the process. */
  stdin?: NodeJS.ReadableStream;
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
