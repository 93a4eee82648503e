/**
 * One part in this process: started by `up` as `node operations/run-part.ts PART`. Ends when `up` asks or dies (the IPC
 * channel closes), never on Ctrl-C alone, which reaches the whole process group: `up` decides the order.
 */

import { visibleText } from '@hengjian/contract/visible-text.ts';
import { ruleLimits } from '@hengjian/models';
import { CommandError, type Environment, readEnvironment, type Warehouse } from '@hengjian/warehouse';
import { type Logger, pino } from 'pino';
import { listenError } from './listen-error.ts';
import { openForParts } from './open-for-parts.ts';
import type { PartMessage, PartName, RunningPart } from './parts.ts';

/** EX_TEMPFAIL: to be started again. */
const TRY_AGAIN = 75;

const part = process.argv[2] as PartName;
const environment = readEnvironment();
const log = pino.destination({ fd: 2, sync: true });
/** JSON leaves signs as they are that act on the terminal where somebody reads the log. */
const logger = pino({ level: environment.logLevel, base: { part } }, { write: (line) => log.write(visibleText(line)) });
const tell = (message: PartMessage) => process.send?.(message);
let failed = false;

// Before anything else: `up` asks whether this process runs, also while it starts.
process.on('message', (message) => {
  if (message === 'ask') tell({ kind: 'alive' });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('unhandledRejection', (error) => {
  logger.fatal({ err: error }, 'unhandled rejection');
  process.exit(70);
});

/** Imported when somebody asks for them: every event schema comes along. */

/** The part cannot go on: says why, so that the supervisor can, and ends, to be started afresh. */
function fail(error: Error): void {
  failed = true;
  logger.fatal({ err: error }, `the ${part} cannot go on and ends, to be started again`);
  const end = () => process.exit(TRY_AGAIN);
  setTimeout(end, 1_000);
  process.send?.({ kind: 'failed', message: error.message } satisfies PartMessage, end);
}

interface Injected {
  warehouse: Warehouse;
  environment: Environment;
  logger: Logger;
}

async function startEdge(injected: Injected): Promise<RunningPart> {
  const { startIngest, IngestMetrics } = await import('@hengjian/ingest');
  const { openEdgeWriter } = await import('../open-event-writer.ts');
  const metrics = new IngestMetrics();
  const opened = await openEdgeWriter({ ...injected, metrics, onFatal: fail });
  return startIngest({ ...injected, metrics, opened });
}

async function startDashboard(injected: Injected): Promise<RunningPart> {
  const { startDashboard: start } = await import('@hengjian/dashboard/server.ts');
  const { dashboardParts } = await import('../dashboard-parts.ts');
  return start({ ...injected, ...dashboardParts(environment, injected.warehouse) });
}

async function start(warehouse: Warehouse): Promise<RunningPart> {
  const injected = { warehouse, environment, logger };
  switch (part) {
    case 'ingest':
      return startEdge(injected);
    case 'worker':
      return (await import('@hengjian/ingest')).startWorker({
        ...injected,
        limits: ruleLimits(environment),
        onFatal: fail,
      });
    case 'scheduler':
      return (await import('../watch/start-scheduler-part.ts')).startSchedulerPart(injected);
    case 'dashboard':
      return startDashboard(injected);
  }
}

try {
  const warehouse = await openForParts([part], environment, (message) => logger.warn(message));
  const running = await start(warehouse);
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    const giveUp = setTimeout(() => process.exit(TRY_AGAIN), 10_000);
    await running.stop().catch((error: unknown) => logger.error({ err: error }, 'stopping failed'));
    await warehouse.close().catch(() => {});
    clearTimeout(giveUp);
    process.exit(0);
  };
  process.on('message', (message) => {
    if (message === 'stop') void end();
  });
  process.on('disconnect', () => void end());
  if (!failed) tell({ kind: 'ready', ...(running.url ? { url: running.url } : {}) });
} catch (error) {
  tell({
    kind: 'failed',
    message: error instanceof Error ? listenError(part, error).message : String(error),
    ...(error instanceof CommandError ? { exitCode: error.exitCode } : {}),
  });
  process.exitCode = 1;
  process.disconnect?.();
  setTimeout(() => process.exit(1), 100).unref();
}
