/** SHA-256 as publication.md uses it: of UTF-8 text, and of JSON in its RFC 8785 form; lower-case hex. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** @param value plain JSON: no undefined, NaN or cycle */
export function hashJson(value: unknown): string {
  return sha256(canonicalize(value)!);
}
