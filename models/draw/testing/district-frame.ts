import { createHash } from 'node:crypto';
import type { FrameSource } from '../frame-source.ts';

/** A large frame that is the same every time: 24 areas × 15 industries × 4 tiers in the shares of Bayannur 2022 (domain.md e-2). */
export function districtFrame(rows: number): FrameSource {
  return {
    name: 'district.tsv',
    columns: ['id', 'name', 'area', 'industry', 'tier', 'salt'],
    async *batches() {
      for (let start = 0; start < rows; start += 5_000)
        yield Array.from({ length: Math.min(5_000, rows - start) }, (_, index) => rowOf(start + index));
    },
  };
}

function rowOf(index: number): Buffer {
  const hash = createHash('sha256').update(`row ${index}`).digest();
  const share = hash.readUInt16BE(0) / 65_536;
  const tier = share < 0.732 ? 'A' : share < 0.919 ? 'B' : share < 0.97 ? 'C' : 'D';
  const id = `91320${hash.toString('hex', 2, 9).toUpperCase().slice(0, 13)}`;
  const industry = 'ABCDEFGHIJKLMNO'[hash[10]! % 15];
  return Buffer.from(
    `${id}\t企业${index} 😀\t街道${hash[9]! % 24}\t${industry}\t${tier}\t${hash.toString('hex', 16, 24)}`,
  );
}
