/**
 * The same on engines of other versions: those whose libraries stand in `.cache/engines/VERSION/` (CI fetches them), and the server of
 * CLICKHOUSE_URL, if it is set. docs/operate/engines.md says which can be had.
 */
import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { whatModelsSee } from '../testing/what-models-see.ts';

const engines = join(import.meta.dirname, '..', '..', '.cache', 'engines');
const libraries = existsSync(engines) ? globSync(join(engines, '*', 'libchdb.so')).sort() : [];
const url = process.env.CLICKHOUSE_URL;

for (const library of libraries) whatModelsSee(`ClickHouse ${basename(dirname(library))}`, { library });
if (url) whatModelsSee('the server of CLICKHOUSE_URL', { url });

const found = libraries.length > 0 || url !== undefined;
test.skipIf(!found && process.env.CI === undefined)(
  'an engine of another version is there (.ci/run fetches it)',
  () => {
    expect(found).toBe(true);
  },
);
