import { DrawError } from './draw-error.ts';

/** Lower-case hex of whole bytes, at least one. */
export function isHex(text: string): boolean {
  return /^([0-9a-f]{2})+$/.test(text);
}

/**
 * The secret a person gives: 32 bytes in hex, either case.
 * @throws DrawError if it is anything else.
 */
export function parseSecret(text: string): Buffer {
  if (!/^[0-9a-fA-F]{64}$/.test(text))
    throw new DrawError(
      `The secret has ${text.length} characters and must be 64 hex digits (32 random bytes); leave --secret out of \`draw plan\` to get a fresh one.`,
      { reason: 'secret_form', values: {} },
    );
  return Buffer.from(text, 'hex');
}

/**
 * The beacon a person gives, in hex, either case: any number of bytes.
 * @throws DrawError for a beacon that is not hex by nature; the sentence names the way in for those.
 */
export function parseBeacon(text: string): Buffer {
  if (!isHex(text.toLowerCase()))
    throw new DrawError(
      `The beacon “${clip(text)}” is no hex of whole bytes; one that is not hex by nature (lottery numbers, a closing index) enters as the SHA-256 of the text name/time/value: --beacon-text "name/time/value" computes it.`,
    );
  return Buffer.from(text, 'hex');
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
