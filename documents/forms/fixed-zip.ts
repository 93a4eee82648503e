/** Word and Excel files are archives that carry the moment of their making; the same document shall be the same bytes. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The first day that an archive can hold, by the local clock, as archives have it. */
const FIRST_DAY = new Date(1980, 0, 1);

/** @param at RFC 3339, stands as the moment of making and of the last change */
export function fixedZip(bytes: Uint8Array, at: string): Buffer {
  const moment = new Date(at).toISOString().replace(/\.\d+/, '');
  const files = unzipSync(bytes);
  const core = files['docProps/core.xml'];
  if (core)
    files['docProps/core.xml'] = strToU8(
      strFromU8(core).replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${moment}`),
    );
  const names = Object.keys(files).sort();
  // The library counts the pictures of all documents that the process has made.
  let picture = 0;
  for (const name of names.filter((one) => /^word\/(document|footer\d+)\.xml$/.test(one)))
    files[name] = strToU8(
      strFromU8(files[name]!).replaceAll(/(<wp:docPr id=")\d+/g, (_, head) => `${head}${++picture}`),
    );
  return Buffer.from(zipSync(Object.fromEntries(names.map((name) => [name, files[name]!])), { mtime: FIRST_DAY }));
}
