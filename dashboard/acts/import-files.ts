/** The files of imports, kept in the data directory until somebody has decided what becomes of them. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SentFile } from '@hengjian/contract/table-imports.ts';

/** What nobody has thrown away before. They hold what offices know of firms and persons. */
export const KEPT_DAYS = 7;

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export class ImportFiles {
  readonly #directory: string;

  constructor(dataDir: string) {
    this.#directory = join(dataDir, 'imports');
  }

  async keep(id: string, files: readonly File[]): Promise<void> {
    await this.#sweep();
    await mkdir(this.#of(id), { recursive: true, mode: 0o700 });
    for (const [index, file] of files.entries())
      await writeFile(this.#path(id, index), file.stream(), { mode: 0o600, flag: 'wx' });
  }

  /** Empty where they were thrown away, or lie on another machine. */
  of(id: string, files: readonly { name: string }[]): SentFile[] {
    const all = files.map(({ name }, index) => ({ path: this.#path(id, index), name }));
    return all.every(({ path }) => existsSync(path)) ? all : [];
  }

  /** Where a file may be written beside them. */
  aside(id: string, name: string): string {
    return join(this.#of(id), name);
  }

  async drop(id: string): Promise<void> {
    await rm(this.#of(id), { recursive: true, force: true });
  }

  async #sweep(): Promise<void> {
    const oldest = Date.now() - KEPT_DAYS * 86_400_000;
    const names = await readdir(this.#directory).catch(() => []);
    for (const name of names.filter((one) => ID.test(one))) {
      const { mtimeMs } = await stat(this.#of(name));
      if (mtimeMs < oldest) await this.drop(name);
    }
  }

  #of(id: string): string {
    if (!ID.test(id)) throw new Error(`${JSON.stringify(id)} is no id of an import`);
    return join(this.#directory, id);
  }

  #path(id: string, index: number): string {
    return join(this.#of(id), String(index));
  }
}
