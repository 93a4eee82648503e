import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadIndicators } from '@hengjian/models/risk/indicators/load-indicators.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startRiskTiers } from './start-risk-tiers.ts';

test('tiers are made once a day, and at once when the office has changed its indicators', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hengjian-indicators-'));
  const own = join(dataDir, 'risk-indicators.yaml');
  const text = readFileSync(loadIndicators().file, 'utf8');
  writeFileSync(own, text);
  const made: string[] = [];
  const changed = Promise.withResolvers<void>();
  const tiers = startRiskTiers({
    ...{ warehouse: {} as Warehouse, environment: { dataDir } as Environment, logger: pino({ level: 'silent' }) },
    ...{ firstAfter: 0, every: 1 },
    keep: async (_, { set }) => {
      made.push(set.hash);
      if (made.length === 1) writeFileSync(own, `${text}\n# changed\n`);
      else changed.resolve();
      return { built: [], recorded: undefined };
    },
  });
  await changed.promise;
  await tiers.stop();
  expect(new Set(made).size).toBe(made.length);
  rmSync(dataDir, { recursive: true });
});
