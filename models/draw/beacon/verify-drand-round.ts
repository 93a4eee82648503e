import { bls12_381 } from '@noble/curves/bls12-381.js';
import { DrawError } from '../draw-error.ts';
import { sha256 } from '../sha256.ts';
import { QUICKNET } from './quicknet.ts';

const DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

/**
 * The randomness of a round of drand quicknet: SHA-256 of its signature, which only the network’s key can make
 * (scheme bls-unchained-g1-rfc9380: the message is SHA-256 of the round as eight bytes, big-endian).
 *
 * @param signature 96 hex digits
 * @returns 32 bytes
 * @throws DrawError if it is not the network’s signature of that round
 */
export function verifyDrandRound(round: number, signature: string): Buffer {
  if (!/^[\da-f]{96}$/i.test(signature))
    throw new DrawError(
      `The signature of round ${round} has ${signature.length} characters and must be 96 hex digits; copy the member “signature” of the round.`,
      { reason: 'beacon_signature', values: { round } },
    );
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(round));
  const bytes = Buffer.from(signature, 'hex');
  if (!isSigned(sha256(message), bytes))
    throw new DrawError(
      `The signature is not the one that drand quicknet gave round ${round}; take the round that was announced, from any drand server.`,
      { reason: 'beacon_signature', values: { round } },
    );
  return sha256(bytes);
}

function isSigned(digest: Buffer, signature: Buffer): boolean {
  const scheme = bls12_381.shortSignatures;
  try {
    return scheme.verify(signature, scheme.hash(digest, DOMAIN), Buffer.from(QUICKNET.publicKey, 'hex'));
  } catch {
    // Bytes that are no point of the curve.
    return false;
  }
}
