import type { Warehouse } from '@hengjian/warehouse';

/**
 * The RFC 6962 root of a stored frame, level by level: neighbours are hashed together, and a last node without a neighbour is
 * carried up, which is the same tree as splitting at the largest power of two below the count.
 */
export async function storedMerkleRoot(warehouse: Warehouse, frameId: string, rows: number): Promise<Buffer> {
  let level = `SELECT row_number() OVER (ORDER BY id) - 1 AS place, SHA256(concat('\\0', line)) AS node
    FROM draw_frames WHERE frame_id = {frame:String}`;
  for (let nodes = rows; nodes > 1; nodes = Math.ceil(nodes / 2)) {
    level = `SELECT parent AS place, joined AS node FROM (
      SELECT intDiv(place, 2) AS parent,
        if(count() = 2, SHA256(concat('\\x01', argMin(node, place), argMax(node, place))), any(node)) AS joined
      FROM (${level}) GROUP BY parent)`;
  }
  const [root] = await warehouse.query<{ root: string }>(
    `SELECT lower(hex(node)) AS root FROM (${level})`,
    {
      frame: frameId,
    },
    { max_subquery_depth: 200 },
  );
  return Buffer.from(root!.root, 'hex');
}
