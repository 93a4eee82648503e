/** What every command gets: the environment, and the warehouse opened at most once per role. */

import { CITY_IDS } from '@hengjian/generator/cities/cities.ts';
import type { OpenedWriter } from '@hengjian/ingest';
import {
  type CommandContext,
  type Environment,
  readEnvironment,
  readRunFile,
  type Warehouse,
} from '@hengjian/warehouse';
import { openAnsweringWarehouse } from './open-answering-warehouse.ts';
import { demoDirectory } from './up/demo-directory.ts';
import { visibleOutput } from './visible-output.ts';

export interface OwnedContext extends CommandContext {
  close(): Promise<void>;
}

/** @throws EnvironmentError for a wrong variable. */
export function commandContext(): OwnedContext {
  const given = readEnvironment();
  const isUp = process.argv[2] === 'up';
  const environment = isUp || given.clickhouseUrl ? given : effectiveEnvironment(given);
  const opened = new Map<string, Promise<Warehouse>>();
  let writer: Promise<OpenedWriter> | undefined;
  const stderr = process.stderr;
  if (environment.dataDir !== given.dataDir)
    stderr.write(`(the demo is running: this speaks to it, not to ${given.dataDir})\n`);
  return {
    environment,
    stdout: visibleOutput(process.stdout, process.argv.includes('--json')),
    stderr,
    warehouse(role = 'app') {
      const known = opened.get(role);
      if (known) return known;
      // Of two roles asked for by one command, the second must find the engine that the first one started.
      const only =
        opened.size > 0 && !environment.clickhouseUrl && !readRunFile(environment.dataDir)
          ? [...opened.values()][0]
          : undefined;
      const fresh =
        only ??
        openAnsweringWarehouse(environment, {
          role,
          what: process.argv.slice(2, 4).join(' '),
          onStatus: (message) => stderr.write(`${message}\n`),
        });
      opened.set(role, fresh);
      return fresh;
    },
    async writer({ expectedEvents } = {}) {
      // Other commands need not load what writes.
      const { openEventWriter } = await import('./open-event-writer.ts');
      writer ??= openEventWriter({ environment, warehouse: () => this.warehouse(), expectedEvents });
      return (await writer).writer;
    },
    async close() {
      await (await writer?.catch(() => undefined))?.stop();
      writer = undefined;
      const all = new Set(await Promise.all([...opened.values()].map((one) => one.catch(() => undefined))));
      opened.clear();
      for (const warehouse of all) await warehouse?.close();
    },
  };
}

/**
 * While a demo runs below the data directory and nothing runs on the directory itself, commands speak to the demo; to that of
 * a city by its rule set.
 */
export function effectiveEnvironment(given: Environment): Environment {
  if (readRunFile(given.dataDir)) return given;
  for (const city of [undefined, ...CITY_IDS]) {
    const dataDir = demoDirectory(given.dataDir, city);
    if (readRunFile(dataDir)) return { ...given, dataDir, ...(city ? { ruleset: city } : {}) };
  }
  return given;
}
