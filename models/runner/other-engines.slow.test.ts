/**
 * The same on engines of other versions: those that stand in `.cache/engines/VERSION/` (CI fetches one that is newer than the embedded engine),
 * and the server of CLICKHOUSE_URL, if it is set. docs/operate/engines.md says more.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { whatModelsSee } from '../testing/what-models-see.ts';

const engines = join(import.meta.dirname, '..', '..', '.cache', 'engines');
const folders = existsSync(engines)
  ? readdirSync(engines)
      .sort()
      .map((version) => join(engines, version))
  : [];
const url = process.env.CLICKHOUSE_URL;

for (const chdb of folders) whatModelsSee(`ClickHouse ${basename(chdb)}`, { chdb });
if (url) whatModelsSee('the server of CLICKHOUSE_URL', { url });

const found = folders.length > 0 || url !== undefined;
test.skipIf(!found && process.env.CI === undefined)(
  'an engine of another version is there (.ci/run fetches it)',
  () => {
    expect(found).toBe(true);
  },
);
