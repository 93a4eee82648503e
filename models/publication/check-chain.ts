/** What can be checked of publications without the event log: hashes and the chain (publication.md §4, `verify`). */
import { hashJson, sha256 } from './hash-json.ts';
import { NO_PREVIOUS } from './publication-record.ts';
import type { Chain, Publication } from './read-chain.ts';

export interface Check {
  check: 'chain' | 'record_sha256' | 'snapshot_sha256' | 'ruleset_text' | 'scores' | 'events';
  sequence: number | null;
  quarter: string | null;
  number: number | null;
  ok: boolean;
  /** What was compared, or what is wrong. */
  detail: string;
}

export function checkOf(publication: Publication, check: Check['check'], ok: boolean, detail: string): Check {
  const { sequence, quarter, number } = publication.record;
  return { check, sequence, quarter, number, ok, detail };
}

/** What tells of publications besides their own events. The newest has no publication after it, so that only these miss it. */
export interface Witnesses {
  /** record_sha256 by sequence as the derived tables keep it. */
  noted: ReadonlyMap<number, string>;
  /** record_sha256 of those that circulars were issued of. */
  issued: readonly string[];
}

export const NO_WITNESSES: Witnesses = { noted: new Map(), issued: [] };

/** @param wanted which publications to check one by one; the chain is always checked whole */
export function checkChain(
  chain: Chain,
  { noted, issued }: Witnesses,
  wanted: (publication: Publication) => boolean = () => true,
): Check[] {
  const { publications, unreadable } = chain;
  const broken: Check[] = unreadable.map(({ id, problem }) => ({
    check: 'chain',
    sequence: /^\d{1,9}$/.test(id) ? Number(id) : null,
    quarter: null,
    number: null,
    ok: false,
    detail: `publication ${id} cannot be read: ${problem}`,
  }));
  const links = publications.map((publication, i) =>
    checkLink(publication, publications[i - 1], publications.slice(0, i)),
  );
  const own = publications.flatMap((publication, i) =>
    wanted(publication) ? checkPublication(publication, publications[i + 1], noted) : [],
  );
  return [...broken, ...links, ...missing(chain, { noted, issued }), ...own];
}

/** Publications that something else tells of, and the log has not. */
function missing({ publications, unreadable }: Chain, { noted, issued }: Witnesses): Check[] {
  const there = new Set(publications.map(({ record }) => record.sequence));
  const broken = new Set(unreadable.map(({ id }) => id));
  const gone = [...noted].filter(([sequence]) => !there.has(sequence) && !broken.has(String(sequence)));
  // Of one that is there but was changed, or cannot be read, that is the fault.
  const known = new Set(publications.flatMap((one) => [one.recordSha256, one.claimedSha256, one.record.previous]));
  for (const sha256 of noted.values()) known.add(sha256);
  const untold = unreadable.length > 0 ? [] : issued.filter((sha256) => !known.has(sha256));
  const check = (sequence: number | null, detail: string): Check => ({
    ...{ check: 'chain', sequence, quarter: null, number: null, ok: false, detail },
  });
  return [
    ...gone.map(([sequence, sha256]) =>
      check(sequence, `publication ${sequence} is missing: the table of publications has its record ${sha256}`),
    ),
    ...untold.map((sha256) =>
      check(null, `a publication is missing: a circular was issued that tells of its record ${sha256}`),
    ),
  ];
}

function checkLink(publication: Publication, before: Publication | undefined, earlier: readonly Publication[]): Check {
  const { sequence, number, kind, previous, quarter } = publication.record;
  const { id } = publication.snapshot.ruleset;
  const problems: string[] = [];
  const expected = (before?.record.sequence ?? 0) + 1;
  if (sequence !== expected) problems.push(`publication ${expected} is missing before publication ${sequence}`);
  if (before ? previous !== before.recordSha256 : previous !== NO_PREVIOUS)
    problems.push(
      before
        ? `previous is not the record_sha256 of publication ${before.record.sequence}`
        : 'previous of the first publication is not 64 zeros',
    );
  const count = earlier.filter((other) => other.record.quarter === quarter && other.snapshot.ruleset.id === id).length;
  if (number !== count + 1)
    problems.push(`it has number ${number}, but ${count} publications of ${quarter} came before`);
  if ((kind === 'published') !== (number === 1)) problems.push(`number ${number} cannot be "${kind}"`);
  if (publication.snapshot.quarter !== quarter)
    problems.push(`the record is of ${quarter}, the snapshot of ${publication.snapshot.quarter}`);
  return checkOf(publication, 'chain', problems.length === 0, problems.join('; ') || `previous ${previous}`);
}

function checkPublication(
  publication: Publication,
  next: Publication | undefined,
  noted: ReadonlyMap<number, string>,
): Check[] {
  const { record, snapshot, recordSha256, claimedSha256 } = publication;
  const witnesses: [string, string | undefined][] = [
    ['the event', claimedSha256 || undefined],
    // A next record that was changed itself is no witness.
    [
      'the publication after it',
      next && (!next.claimedSha256 || next.claimedSha256 === next.recordSha256) ? next.record.previous : undefined,
    ],
    ['the table of publications', noted.get(record.sequence)],
  ];
  const against = witnesses.find(([, value]) => value !== undefined && value !== recordSha256);
  const snapshotSha256 = hashJson(snapshot);
  const textSha256 = sha256(publication.rulesetText);
  return [
    checkOf(
      publication,
      'record_sha256',
      against === undefined,
      against ? `the record was changed: it hashes to ${recordSha256}, ${against[0]} says ${against[1]}` : recordSha256,
    ),
    checkOf(
      publication,
      'snapshot_sha256',
      snapshotSha256 === record.snapshot_sha256,
      snapshotSha256 === record.snapshot_sha256
        ? snapshotSha256
        : `the snapshot was changed: it hashes to ${snapshotSha256}, the record says ${record.snapshot_sha256}`,
    ),
    checkOf(
      publication,
      'ruleset_text',
      textSha256 === snapshot.ruleset.sha256,
      textSha256 === snapshot.ruleset.sha256
        ? `${snapshot.ruleset.id} ${snapshot.ruleset.version}, ${textSha256}`
        : `the rule set text was changed: it hashes to ${textSha256}, the snapshot says ${snapshot.ruleset.sha256}`,
    ),
  ];
}
