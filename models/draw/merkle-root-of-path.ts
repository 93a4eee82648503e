import { leafHash, nodeHash } from './merkle-tree.ts';

/**
 * The root that an audit path leads to (RFC 9162 §2.1.3.2), or undefined if the path has another length than the position
 * asks for.
 *
 * @param index of the leaf, from 0
 * @param count of leaves in the tree
 */
export function merkleRootOfPath(
  line: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): Buffer | undefined {
  if (index < 0 || index >= count) return undefined;
  let position = index;
  let last = count - 1;
  let hash = leafHash(line);
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash);
      // A node without a right neighbour is carried up unhashed.
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else hash = nodeHash(hash, sibling);
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : undefined;
}
