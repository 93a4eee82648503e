/** Excel 97–2003 workbooks (BIFF8), read by the library in a thread whose memory is bounded; rows come in batches. */
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { RowCells } from '../cells/row-cells.ts';
import { NOT_STORED, type Sheet, type SheetRow, unreadable, type Workbook } from './workbook.ts';
import type { XlsAnswer, XlsSheet } from './xls-thread.ts';

const LARGEST_FILE = 256 * 1024 * 1024;
const MEMORY_MB = 1024;

/** @throws UnreadableFileError if it is no such workbook, protected, damaged, or too large to read */
export async function openXls(path: string): Promise<Workbook> {
  if ((await stat(path)).size > LARGEST_FILE)
    throw unreadable(path, `is larger than 256 MiB and ${NOT_STORED}; save it as xlsx, which is read in pieces`);
  const thread = new XlsThread(path);
  try {
    const answer = await thread.ask({ open: await readFile(path) });
    if (!('sheets' in answer)) throw thread.refused(answer);
    return {
      format: 'xls',
      encoding: 'utf-16le',
      sheets: answer.sheets.map((sheet, index) => thread.sheet(sheet, index)),
      close: () => thread.close(),
    };
  } catch (error) {
    await thread.close();
    throw error;
  }
}

class XlsThread {
  readonly #path: string;
  readonly #worker: Worker;
  #failure: Error | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#worker = new Worker(new URL('./xls-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    this.#worker.on('error', (error) => {
      this.#failure = error as Error;
    });
    this.#worker.unref();
  }

  async ask(question: object): Promise<XlsAnswer> {
    if (this.#failure) throw this.#crashed(this.#failure);
    this.#worker.ref();
    this.#worker.postMessage(question);
    try {
      const [answer] = (await once(this.#worker, 'message')) as [XlsAnswer];
      return answer;
    } catch (error) {
      throw this.#crashed(error as Error);
    } finally {
      this.#worker.unref();
    }
  }

  sheet({ merges, ...sheet }: XlsSheet, index: number): Sheet {
    return { ...sheet, merges, rows: () => this.#rows(index) };
  }

  async *#rows(sheet: number): AsyncGenerator<SheetRow> {
    for (let from = 0; ; ) {
      const answer = await this.ask({ sheet, from });
      if (!('rows' in answer)) throw this.refused(answer);
      for (const { number, cells } of answer.rows) yield { number, cells: RowCells.of(cells) };
      if (answer.next === undefined) return;
      from = answer.next;
    }
  }

  refused(answer: XlsAnswer): Error {
    return unreadable(
      this.#path,
      `${'refusal' in answer ? answer.refusal : 'cannot be read'} and ${NOT_STORED}; ${wayOut(answer)}`,
    );
  }

  #crashed(error: Error & { code?: string }): Error {
    const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    return unreadable(
      this.#path,
      `${memory ? 'needs more than 1 GiB of memory to be read' : `is damaged (${error.message})`} and ${NOT_STORED}; save it as xlsx`,
    );
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

const wayOut = (answer: XlsAnswer): string => ('wayOut' in answer ? answer.wayOut : 'save it as xlsx');
