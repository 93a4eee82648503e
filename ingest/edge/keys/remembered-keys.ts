/**
 * The keys last in force, in the data directory: an edge that begins while the warehouse is away takes events into the log
 * all the same. Hashes, never keys.
 */
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, writeOwnFile } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import type { IngestKey } from './ingest-key.ts';

interface Memory {
  /** Which warehouse: a directory may serve another one tomorrow, whose keys are others. */
  warehouse: string;
  keys: [hash: string, IngestKey | EarlierKey][];
}

/** As versions before grants wrote it; read as the migration of the keys reads it. */
interface EarlierKey {
  name: string;
  source?: string;
  units: string[];
}

function present(key: IngestKey | EarlierKey): IngestKey {
  if ('may' in key) return key;
  const { name, source, units } = key;
  const sources = source === undefined ? [] : [source];
  return { name, sources, units, may: sources.length > 0 && units.length === 0 ? ['registry'] : [] };
}

export class RememberedKeys {
  readonly #file: string;
  readonly #warehouse: string;
  readonly #logger: Logger;
  #written = '';

  constructor({ dataDir, clickhouseUrl }: Pick<Environment, 'dataDir' | 'clickhouseUrl'>, logger: Logger) {
    this.#file = join(dataDir, 'ingest-keys.json');
    this.#logger = logger;
    const url = clickhouseUrl ? new URL(clickhouseUrl) : undefined;
    this.#warehouse = url ? `${url.host}${url.pathname}` : 'embedded';
  }

  /** By the SHA-256 of the key; none where there is no file, or none that can be read. */
  keys(): Map<string, IngestKey> {
    try {
      this.#written = readFileSync(this.#file, 'utf8');
      const { warehouse, keys } = JSON.parse(this.#written) as Memory;
      if (warehouse !== this.#warehouse) return new Map();
      return new Map(keys.map(([hash, key]) => [hash, present(key)]));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.#logger.warn({ err: error, file: this.#file }, 'the remembered keys cannot be read');
      return new Map();
    }
  }

  remember(keys: ReadonlyMap<string, IngestKey>): void {
    const text = JSON.stringify({ warehouse: this.#warehouse, keys: [...keys] } satisfies Memory);
    if (text === this.#written) return;
    try {
      writeOwnFile(`${this.#file}.new`, text);
      renameSync(`${this.#file}.new`, this.#file);
      this.#written = text;
    } catch (error) {
      this.#logger.warn(
        { err: error, file: this.#file },
        'keys cannot be remembered for a start without the warehouse',
      );
    }
  }
}
