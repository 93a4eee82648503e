/** `node bare-read.ts FILE`: reads a table with a library and nothing more; prints the number of its rows. */
import { createReadStream, readFileSync } from 'node:fs';
import { read, utils } from '@e965/xlsx';
import { parse } from 'csv-parse';

const [path] = process.argv.slice(2) as [string];
let rows = 0;
if (path.endsWith('.csv')) for await (const _ of createReadStream(path).pipe(parse())) rows += 1;
else {
  const book = read(readFileSync(path), { dense: true });
  for (const name of book.SheetNames) rows += utils.sheet_to_json(book.Sheets[name]!, { header: 1 }).length;
}
console.log(rows);
