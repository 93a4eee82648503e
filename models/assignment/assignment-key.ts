import { sha256 } from '../draw/sha256.ts';

/** The stream of inspectors has its own tag, so that it says nothing about the draw of the subjects (sampling.md §3.3). */
const INSPECTORS = Buffer.of(0x02);
const SEPARATOR = Buffer.of(0x1f);

/** H(seed ‖ 0x02 ‖ subject ‖ 0x1f ‖ inspector), hex: by it lots are cast among inspectors with the same load. */
export function pairKey(seed: Buffer, subject: string, inspector: string): string {
  return sha256(seed, INSPECTORS, Buffer.from(subject), SEPARATOR, Buffer.from(inspector)).toString('hex');
}

/** H(seed ‖ 0x02 ‖ subject), hex: the order in which subjects get their teams. */
export function subjectKey(seed: Buffer, subject: string): string {
  return sha256(seed, INSPECTORS, Buffer.from(subject)).toString('hex');
}
