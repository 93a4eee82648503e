/** `verify --file`: a record and its snapshot as somebody handed them on, checked without the warehouse. */
import { readFileSync } from 'node:fs';
import { CommandError, type Warehouse } from '@hengjian/warehouse';
import { versionsOf } from '../ruleset/rule-set.ts';
import type { Project } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { type Check, checkOf } from './check-chain.ts';
import { hashJson, sha256 } from './hash-json.ts';
import { type PublicationRecord, recordProblem, type Snapshot, snapshotProblem } from './publication-record.ts';
import { type Publication, readChain } from './read-chain.ts';
import { checkReplay } from './verify-publications.ts';

interface Handed {
  record?: unknown;
  record_sha256?: unknown;
  snapshot?: unknown;
  ruleset_text?: unknown;
  recordsha256?: unknown;
  data?: Handed;
}

/**
 * @param file JSON of `publications show --json`, or a publication's event
 * @param replay where the scores shall be computed again as well
 * @throws CommandError where the file cannot be read or holds no publication
 */
export async function verifyFile(
  file: string,
  quarter: string | undefined,
  replay: { warehouse: () => Promise<Warehouse>; project: () => Project } | undefined,
): Promise<Check[]> {
  const handed = readHanded(file);
  const wrong = recordProblem(handed.record) ?? snapshotProblem(handed.snapshot);
  if (wrong)
    throw new CommandError(
      `${file} holds no record and snapshot (${wrong}); write one with \`hengjian publications show QUARTER --json\`.`,
    );
  const record = handed.record as PublicationRecord;
  if (quarter !== undefined && record.quarter !== quarter)
    throw new CommandError(`${file} is about ${record.quarter}, not about ${quarter}.`);
  const publication: Publication = {
    record,
    snapshot: handed.snapshot as Snapshot,
    rulesetText: typeof handed.ruleset_text === 'string' ? handed.ruleset_text : '',
    recordSha256: hashJson(record),
    claimedSha256: typeof handed.record_sha256 === 'string' ? handed.record_sha256 : '',
    recordedAt: '',
  };
  const checks = checkHanded(publication);
  return replay ? [...checks, ...(await replayHanded(publication, replay))] : checks;
}

function checkHanded(publication: Publication): Check[] {
  const { record, snapshot, recordSha256, claimedSha256, rulesetText } = publication;
  const check = (name: Check['check'], ok: boolean, good: string, bad: string) =>
    checkOf(publication, name, ok, ok ? good : bad);
  const snapshotSha256 = hashJson(snapshot);
  const textSha256 = sha256(rulesetText);
  return [
    check(
      'record_sha256',
      claimedSha256 === '' || claimedSha256 === recordSha256,
      claimedSha256 === '' ? `${recordSha256} (the file names none to compare)` : recordSha256,
      `the record was changed: it hashes to ${recordSha256}, the file says ${claimedSha256}`,
    ),
    check(
      'snapshot_sha256',
      snapshotSha256 === record.snapshot_sha256 && snapshot.quarter === record.quarter,
      snapshotSha256,
      `the snapshot was changed: it hashes to ${snapshotSha256} (${snapshot.quarter}), the record says ${record.snapshot_sha256} (${record.quarter})`,
    ),
    ...(rulesetText === ''
      ? []
      : [
          check(
            'ruleset_text',
            textSha256 === snapshot.ruleset.sha256,
            textSha256,
            `the rule set text was changed: it hashes to ${textSha256}, the snapshot says ${snapshot.ruleset.sha256}`,
          ),
        ]),
  ];
}

async function replayHanded(
  publication: Publication,
  { warehouse: open, project: load }: { warehouse: () => Promise<Warehouse>; project: () => Project },
): Promise<Check[]> {
  const warehouse = await open();
  const project = load();
  await refresh(warehouse, project);
  const { publications } = await readChain(warehouse);
  const same = publications.find(({ record }) => record.sequence === publication.record.sequence);
  const text =
    publication.rulesetText ||
    publications.find(({ rulesetText }) => sha256(rulesetText) === publication.snapshot.ruleset.sha256)?.rulesetText ||
    (versionsOf(project.ruleSet).find(({ hash }) => hash === publication.snapshot.ruleset.sha256)?.text ?? '');
  const stored = checkOf(
    publication,
    'chain',
    same?.recordSha256 === publication.recordSha256,
    same === undefined
      ? `this warehouse has no publication ${publication.record.sequence}`
      : same.recordSha256 === publication.recordSha256
        ? `it is publication ${same.record.sequence} of this warehouse`
        : `publication ${same.record.sequence} of this warehouse is another, ${same.recordSha256}`,
  );
  if (text === '')
    return [
      stored,
      checkOf(
        publication,
        'scores',
        false,
        `the text of the rule set ${publication.snapshot.ruleset.id} with the SHA-256 ${publication.snapshot.ruleset.sha256} is not at hand`,
      ),
    ];
  const recordedAt = same?.recordedAt ?? '';
  return [stored, ...(await checkReplay(warehouse, project, { ...publication, rulesetText: text, recordedAt }))];
}

function readHanded(file: string): Handed {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}).`, 2);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file} is not JSON: ${(error as Error).message}.`, 2);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CommandError(`${file} is not a JSON object with record and snapshot.`, 2);
  const handed = value as Handed;
  return handed.data ? { ...handed.data, record_sha256: handed.data.record_sha256 ?? handed.recordsha256 } : handed;
}
