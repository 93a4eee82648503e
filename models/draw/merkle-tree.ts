import { sha256 } from './sha256.ts';

const LEAF = Buffer.of(0x00);
const NODE = Buffer.of(0x01);

interface Subtree {
  /** A power of two. */
  leaves: number;
  hash: Buffer;
  /** The watched leaf is below. */
  watched: boolean;
}

/**
 * Merkle tree hash of RFC 6962 §2.1 over leaves that come one after another: leaf = H(0x00 ‖ line), node = H(0x01 ‖ left ‖
 * right), split at the largest power of two below the count. Keeps one hash a level, whatever the number of leaves.
 */
export class MerkleTree {
  readonly #subtrees: Subtree[] = [];
  readonly #path: Buffer[] = [];

  /** `watched`: this is the one leaf whose audit path is wanted. */
  add(line: Uint8Array, watched = false): void {
    let top: Subtree = { leaves: 1, hash: leafHash(line), watched };
    while (this.#subtrees.at(-1)?.leaves === top.leaves) top = this.#join(this.#subtrees.pop()!, top);
    this.#subtrees.push(top);
  }

  /** To be called once, after the last leaf: the root (of no leaf: H of nothing) and the watched leaf's audit path, bottom up. */
  finish(): { root: Buffer; path: Buffer[] } {
    let top = this.#subtrees.pop();
    if (!top) return { root: sha256(Buffer.alloc(0)), path: [] };
    for (let left = this.#subtrees.pop(); left; left = this.#subtrees.pop()) top = this.#join(left, top);
    return { root: top.hash, path: this.#path };
  }

  #join(left: Subtree, right: Subtree): Subtree {
    if (left.watched) this.#path.push(right.hash);
    if (right.watched) this.#path.push(left.hash);
    return {
      leaves: left.leaves + right.leaves,
      hash: nodeHash(left.hash, right.hash),
      watched: left.watched || right.watched,
    };
  }
}

export function leafHash(line: Uint8Array): Buffer {
  return sha256(LEAF, line);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(NODE, left, right);
}
