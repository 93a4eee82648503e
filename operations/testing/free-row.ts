import { freePort, isFree } from '@hengjian/warehouse/engine/free-port.ts';

/** For tests: the first of `length` ports that follow each other and are all free at this moment. */
export async function freeRow(length: number): Promise<number> {
  for (;;) {
    const first = await freePort();
    const free = await Promise.all(Array.from({ length }, (_, n) => isFree(first + n)));
    if (free.every(Boolean)) return first;
  }
}
