/** `hengjian doctor`: checks the installation and says what is wrong and what to do. Each check is one line. */

import { accessSync, constants, existsSync, mkdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { statisticText } from '@hengjian/contract/statistic-text.ts';
import { type Environment, readRunFile } from '@hengjian/warehouse';
import { openAnsweringWarehouse } from './open-answering-warehouse.ts';
import { fullestDisk, gibibytes, LEAST_FREE_BYTES } from './status/warehouse-disk.ts';

export interface Finding {
  check: string;
  state: 'ok' | 'note' | 'wrong';
  message: string;
}

type Check = (environment: Environment) => Promise<Finding> | Finding;

const ok = (check: string, message: string): Finding => ({ check, state: 'ok', message });
const note = (check: string, message: string): Finding => ({ check, state: 'note', message });
const wrong = (check: string, message: string): Finding => ({ check, state: 'wrong', message });

const node: Check = () => {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 26
    ? ok('node', process.version)
    : wrong(
        'node',
        `${process.version} runs this; start through npm (npm run --silent hengjian -- doctor), which brings Node 26`,
      );
};

const engineLibrary: Check = () => {
  try {
    const { resolveLibchdb } = createRequire(import.meta.url)('chdb/libchdb') as { resolveLibchdb(): { path: string } };
    return ok('engine library', `${Math.round(statSync(resolveLibchdb().path).size / 2 ** 20)} MiB`);
  } catch (error) {
    return wrong(
      'engine library',
      `the embedded ClickHouse is missing for ${process.platform}-${process.arch}: ${(error as Error).message.split('\n')[0]}. Run npm install again, or set CLICKHOUSE_URL to a server.`,
    );
  }
};

const dataDirectory: Check = ({ dataDir }) => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK);
  } catch (error) {
    return wrong('data directory', `${dataDir} cannot be written (${(error as Error).message}); set HENGJIAN_DATA_DIR`);
  }
  const others = statSync(dataDir).mode & 0o077;
  return others
    ? note('data directory', `${dataDir} can be read by other accounts of this machine; chmod 700 closes it`)
    : ok('data directory', dataDir);
};

const diskSpace: Check = ({ dataDir }) => {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = (bavail * bsize) / 2 ** 30;
  const text = `${statisticText(free, 1)} GiB free`;
  return free < 1
    ? wrong('disk space', `${text}; at least 1 GiB is needed`)
    : free < 10
      ? note('disk space', `${text}; 10 GiB are comfortable`)
      : ok('disk space', text);
};

const memory: Check = () => {
  const available =
    Number(
      /MemAvailable:\s+(\d+)/.exec(existsSync('/proc/meminfo') ? readFileSync('/proc/meminfo', 'utf8') : '')?.[1] ?? 0,
    ) /
    2 ** 20;
  if (available === 0) return note('memory', 'cannot be read on this system');
  return available < 1
    ? wrong('memory', `${statisticText(available, 1)} GiB available; 2 GiB are needed`)
    : ok('memory', `${statisticText(available, 1)} GiB available`);
};

const warehouse: Check = async (environment) => {
  const { dataDir, clickhouseUrl } = environment;
  try {
    const opened = await openAnsweringWarehouse(environment, { what: 'doctor' });
    const text = `${opened.engine}${readRunFile(dataDir) ? ' (of the running up)' : ''}, migrations in place`;
    const disk = clickhouseUrl ? await fullestDisk(opened) : undefined;
    await opened.close();
    // Of the embedded engine the disk is that of the data directory.
    if (disk && disk.free < LEAST_FREE_BYTES)
      return wrong('warehouse', `${text}; its disk is full: ${gibibytes(disk.free)} left at ${disk.path}. Make room.`);
    return ok('warehouse', text);
  } catch (error) {
    return wrong('warehouse', (error as Error).message);
  }
};

const checks: Check[] = [node, engineLibrary, dataDirectory, diskSpace, memory, warehouse];

export async function doctor(environment: Environment): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) findings.push(await check(environment));
  return findings;
}
