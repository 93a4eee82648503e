import { CommandError, type Environment, UNAVAILABLE } from '@hengjian/warehouse';
import type { Problem } from './status/status.ts';
import { AWAY_AFTER_MS } from './status/status-away.ts';

const TODO = {
  server: 'Start the server or correct CLICKHOUSE_URL; workers wait for it and edges go on.',
  'frozen server':
    'See why it says nothing, start it again, or correct CLICKHOUSE_URL; workers wait for it and edges go on.',
  engine: 'The running up starts it again; its log names the reason.',
  'frozen engine':
    'After a minute of silence the running up kills it and starts it again, nothing acknowledged is lost; try again then. If it comes again, look whether the machine has memory and disk left.',
};

/** The warehouse does not answer: for a command the sentence on stderr, for `status` the case among others. */
export class WarehouseAwayError extends CommandError {
  readonly problem: Problem;

  /** @param error of connection; ETIMEDOUT stands for a warehouse that keeps connections open and says nothing */
  constructor({ clickhouseUrl }: Pick<Environment, 'clickhouseUrl'>, error: { code?: string; message: string }) {
    const frozen = error.code === 'ETIMEDOUT';
    // The address without user and password.
    const where = clickhouseUrl ? `The ClickHouse server at ${new URL(clickhouseUrl).host}` : 'The embedded engine';
    const text = `${where} does not answer ${frozen ? `within ${AWAY_AFTER_MS / 1_000} seconds` : `(${error.code ?? error.message})`}.`;
    const what = clickhouseUrl ? 'server' : 'engine';
    const todo = TODO[frozen ? (`frozen ${what}` as const) : what];
    super(`${text} ${todo}`, UNAVAILABLE);
    this.problem = { problem: 'warehouse_away', text, todo };
  }
}
