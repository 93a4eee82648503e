import { expect, test } from 'vitest';
import { merkleRootOfPath } from './merkle-root-of-path.ts';
import { MerkleTree } from './merkle-tree.ts';

/** The leaves of the reference tests of Certificate Transparency (google/certificate-transparency, merkle_tree_test). */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test('the roots of Certificate Transparency’s reference tests', () => {
  for (const [index, root] of roots.entries()) {
    const tree = new MerkleTree();
    for (const leaf of leaves.slice(0, index + 1)) tree.add(leaf);
    expect(tree.finish().root.toString('hex')).toBe(root);
  }
  expect(new MerkleTree().finish().root.toString('hex')).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});

test('the audit path of every leaf of every tree up to 40 leads to its root, and from no other place', () => {
  for (let count = 1; count <= 40; count++) {
    const lines = Array.from({ length: count }, (_, index) => Buffer.from(`line ${index}`));
    for (let index = 0; index < count; index++) {
      const tree = new MerkleTree();
      for (const [at, line] of lines.entries()) tree.add(line, at === index);
      const { root, path } = tree.finish();
      expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
      expect(merkleRootOfPath(lines[index]!, index, count, path)).toEqual(root);
      expect(merkleRootOfPath(Buffer.from('another'), index, count, path)).not.toEqual(root);
      if (count === 1) continue;
      expect(merkleRootOfPath(lines[index]!, index, count, path.slice(1))).not.toEqual(root);
      expect(merkleRootOfPath(lines[index]!, (index + 1) % count, count, path)).not.toEqual(root);
    }
  }
});
