/** The evidence pack of a unit and quarter: one archive, the same bytes whenever it is made. */
import { createHash } from 'node:crypto';
import { csv } from '@hengjian/contract/csv-text.ts';
import type { Evidence } from '@hengjian/models/publication/read-evidence.ts';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { evidenceGuide } from './evidence-guide.ts';

/** The first day that an archive can hold, by the local clock, as archives have it. */
const FIRST_DAY = new Date(1980, 0, 1);

/** Events are compressed as they are read, so that their number costs no memory. */
export async function writeEvidence(evidence: Evidence): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  const hashes: string[] = [];
  const open = (name: string) => {
    const file = new ZipDeflate(name);
    file.mtime = FIRST_DAY;
    archive.add(file);
    const hash = createHash('sha256');
    return {
      push(text: string, last: boolean) {
        const bytes = strToU8(text);
        hash.update(bytes);
        file.push(bytes, last);
        if (last) hashes.push(`${hash.digest('hex')}  ${name}`);
      },
    };
  };
  const events = open('events.ndjson');
  let count = 0;
  for await (const line of evidence.events()) {
    events.push(`${line}\n`, false);
    count += 1;
  }
  events.push('', true);
  const { record, recordSha256, snapshot, rulesetText } = evidence.publication;
  const { quarter, number, sequence } = record;
  const { name_en: _, ...unit } = evidence.unit;
  const score = { quarter, number, sequence, record_sha256: recordSha256, ...unit, items: evidence.items };
  open('score.json').push(`${JSON.stringify(score, null, 2)}\n`, true);
  open('rows.csv').push(rowsCsv(evidence), true);
  const whole = { record, record_sha256: recordSha256, snapshot, ruleset_text: rulesetText };
  open('record.json').push(`${JSON.stringify(whole, null, 2)}\n`, true);
  open('ruleset.yaml').push(rulesetText, true);
  open('README.md').push(evidenceGuide(evidence, count), true);
  open('manifest.sha256').push(`${hashes.join('\n')}\n`, true);
  archive.end();
  return Buffer.concat(chunks);
}

const COLUMNS = [
  'item',
  'kind',
  'key',
  'subject',
  'due',
  'happened',
  'clause',
  'points',
  'event_source',
  'event_id',
] as const;

function rowsCsv({ rows }: Evidence): string {
  return csv([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))]);
}
