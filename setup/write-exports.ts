/** `npm run exports`: writes into each room's package.json the files that other rooms import. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { roomExports } from './room-exports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const [room, exports] of roomExports(root)) {
  const file = `${root}/${room}/package.json`;
  const text = readFileSync(file, 'utf8');
  const described = { ...JSON.parse(text), exports };
  const written = `${JSON.stringify(described, null, 2)}\n`;
  if (written === text) continue;
  writeFileSync(file, written);
  console.log(`${room}/package.json: ${Object.keys(exports).length} files`);
}
