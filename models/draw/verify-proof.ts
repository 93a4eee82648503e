import type { CheckList } from './check.ts';
import { merkleRootOfPath } from './merkle-root-of-path.ts';
import type { Proof } from './record-schema.ts';
import { unitKey } from './unit-key.ts';

/** A proof by itself: the line leads to the root, the key follows from the seed, and key and threshold say whether it is drawn. */
export function verifyProof(list: CheckList, proof: Proof): void {
  const fields = proof.line.split('\t');
  list.hold(
    'line',
    fields.length === proof.columns.length && proof.columns[0] === 'id' && fields[0] === proof.id,
    'is the row of the id',
    `the line has the fields ${JSON.stringify(fields)}, which is no row of ${proof.id} with the columns ${proof.columns.join(', ')}`,
  );
  const tier = fields[proof.columns.indexOf('tier')];
  list.hold(
    'tier',
    tier === proof.cell.key.at(-1),
    'the cell is of the tier of the line',
    `the line has the tier ${tier}, the cell ${proof.cell.key.at(-1)}`,
  );
  const path = proof.path.map((hash) => Buffer.from(hash, 'hex'));
  const root = merkleRootOfPath(Buffer.from(proof.line), proof.leaf_index, proof.tree_size, path)?.toString('hex');
  list.hold(
    'path',
    root === proof.merkle_root,
    'leads from the line to the Merkle root; compare root and commit with what was published',
    `the path leads to ${root ?? 'no root of that size'}, the proof says ${proof.merkle_root}`,
  );
  const salt = fields[proof.columns.indexOf('salt')];
  const bytes = Buffer.from(salt === undefined ? proof.id : `${proof.id}\x1f${salt}`);
  const key = unitKey(Buffer.from(proof.seed, 'hex'), bytes).toString('hex');
  list.hold(
    'key',
    key === proof.key,
    'follows from seed, id and salt',
    `the key is ${key}, the proof says ${proof.key}`,
  );
  const below = proof.cell.threshold !== null && key <= proof.cell.threshold;
  list.hold(
    'drawn',
    below === proof.drawn,
    proof.drawn ? 'the key is not above the threshold: drawn' : 'the key is above the threshold: not drawn',
    `by key and threshold the unit is ${below ? '' : 'not '}drawn, the proof says otherwise`,
  );
}
