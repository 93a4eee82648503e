/** Freezing a quarter: scores, lost rows and the exact rules are copied; later events show only in a dated correction. */
import { createHash, randomUUID } from 'node:crypto';
import { CommandError, type Warehouse } from '@hengjian/warehouse';
import { parseQuarter } from '../calendar/quarter.ts';
import { parseRuleSet } from '../ruleset/rule-set.ts';
import { localNow } from '../runner/local-now.ts';
import type { Project } from '../runner/project.ts';
import { cutoffOf } from '../runner/quarter-scope.ts';
import { refresh } from '../runner/refresh.ts';
import { buildWhatIf } from '../runner/what-if.ts';

export interface Publication {
  quarter: string;
  number: number;
  status: 'published' | 'corrected';
  publishedAt: string;
  contentHash: string;
  /** Units whose rank or total differs from what was shown before; empty for a first publication. */
  changed: string[];
}

interface Known {
  publication: string;
  number: number;
  ruleset_text: string;
  hash: string;
}

const COPIES = [
  [
    'published_item_scores',
    'mart_item_scores',
    'quarter, ruleset, unit, item, ord, weight, weight_exact, points, points_exact, numerator, denominator, on_time, badges, formula, clause, item_name, item_name_en',
  ],
  [
    'published_unit_scores',
    'mart_unit_scores',
    'quarter, ruleset, unit, unit_name, unit_name_en, ord, rank, total, total_exact',
  ],
  [
    'published_lost_points',
    'mart_lost_points',
    'quarter, ruleset, unit, item, kind, key, subject, event_source, event_id, due, happened, clause, points, ord',
  ],
] as const;

/** Publishes a quarter for the first time. @throws CommandError if it is published already or its cut-off has not passed. */
export async function closeQuarter(
  warehouse: Warehouse,
  project: Project,
  id: string,
  now = new Date(),
): Promise<Publication> {
  const quarter = parseQuarter(id);
  if (!quarter) throw new CommandError(`"${id}" is not a quarter; write it like 2025Q2.`);
  if (await latest(warehouse, id))
    throw new CommandError(`${id} is published already; \`hengjian correct ${id}\` publishes a correction.`);
  const cutoff = cutoffOf(quarter, project, now);
  if (cutoff === null || localNow(now) <= cutoff)
    throw new CommandError(
      `${id} cannot be published yet: events count up to ${cutoff?.slice(0, 10) ?? `its cut-off in ${quarter.year + 1}, which has no holiday notice yet`}.`,
    );
  await refresh(warehouse, project, { quarters: [id], now });
  return copy(warehouse, warehouse, project, { id, cutoff, number: 1, status: 'published', before: null });
}

/** Publishes what today's log gives under the rules the quarter was published with. @throws CommandError if it was never published. */
export async function correctQuarter(
  warehouse: Warehouse,
  project: Project,
  id: string,
  now = new Date(),
): Promise<Publication> {
  const quarter = parseQuarter(id);
  if (!quarter) throw new CommandError(`"${id}" is not a quarter; write it like 2025Q2.`);
  const before = await latest(warehouse, id);
  if (!before) throw new CommandError(`${id} is not published yet; \`hengjian close ${id}\` publishes it.`);
  await refresh(warehouse, project, { quarters: [id], now });
  const pinned = { ...project, ruleSet: parseRuleSet(before.ruleset_text, `rule set of ${id} as published`) };
  const built = await buildWhatIf(warehouse, pinned, quarter, { now });
  try {
    return await copy(warehouse, built.warehouse, pinned, {
      id,
      cutoff: built.cutoff,
      number: before.number + 1,
      status: 'corrected',
      before,
    });
  } finally {
    await built.drop();
  }
}

async function latest(warehouse: Warehouse, quarter: string): Promise<Known | undefined> {
  const [row] = await warehouse.query<Known>(
    'SELECT publication, number, ruleset_text, hash FROM publications WHERE quarter = {quarter:String} ORDER BY number DESC LIMIT 1',
    { quarter },
  );
  return row;
}

async function copy(
  warehouse: Warehouse,
  from: Warehouse,
  project: Project,
  entry: { id: string; cutoff: string | null; number: number; status: Publication['status']; before: Known | null },
): Promise<Publication> {
  const publication = randomUUID();
  const hash = createHash('sha256').update(project.ruleSet.hash);
  for (const [target, mart, columns] of COPIES) {
    await warehouse.command(
      `INSERT INTO ${target} (publication, ${columns}) SELECT {publication:UUID}, ${columns} FROM ${from.database}.${mart} WHERE quarter = {quarter:String}`,
      { publication, quarter: entry.id },
    );
    const [digest] = await warehouse.query<{ digest: string }>(
      `SELECT hex(SHA256(arrayStringConcat(arraySort(groupArray(toString(tuple(${columns}))))))) AS digest FROM ${target} WHERE publication = {publication:UUID}`,
      { publication },
    );
    hash.update(digest!.digest);
  }
  const changed = entry.before ? await changes(warehouse, entry.before.publication, publication) : [];
  const [seen] = await warehouse.query<{ as_of: string }>(
    'SELECT toString(argMax(as_of, build)) AS as_of FROM builds WHERE quarter = {quarter:String}',
    { quarter: entry.id },
  );
  const { ruleSet } = project;
  const row = {
    publication,
    quarter: entry.id,
    number: entry.number,
    status: entry.status,
    published_at: localNow(),
    ruleset: ruleSet.id,
    version: ruleSet.version,
    hash: ruleSet.hash,
    ruleset_text: ruleSet.text,
    cutoff: entry.cutoff,
    as_of: seen!.as_of,
    note: changed.length > 0 ? `changed: ${changed.join(', ')}` : '',
    content_hash: hash.digest('hex'),
  };
  await warehouse.insert('publications', [row]);
  return {
    quarter: entry.id,
    number: entry.number,
    status: entry.status,
    publishedAt: row.published_at,
    contentHash: row.content_hash,
    changed,
  };
}

async function changes(warehouse: Warehouse, before: string, after: string): Promise<string[]> {
  const rows = await warehouse.query<{ unit: string }>(
    `SELECT unit FROM published_unit_scores WHERE publication IN ({before:UUID}, {after:UUID})
     GROUP BY unit HAVING count() != 2 OR uniqExact(rank, total_exact) != 1 ORDER BY unit`,
    { before, after },
  );
  return rows.map(({ unit }) => unit);
}
