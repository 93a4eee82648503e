import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, base64url: 43 characters. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the warehouse keeps of a token. A fast hash suffices: the token itself has 256 bits of entropy. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function looksLikeToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}
