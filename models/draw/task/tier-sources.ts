import type { Warehouse } from '@hengjian/warehouse';
import { industrySection } from '../../risk/maps/industry-section.ts';
import { DrawError } from '../draw-error.ts';
import { LIVE } from './live-events.ts';

/** A source whose events classify registered subjects, and the tiers that it gives. */
export interface TierSource {
  source: string;
  tiers: string[];
  subjects: number;
}

/** Of a frame; empty lists: all areas, all industries. */
export interface TierScope {
  /** On the legal clock. */
  as_of: string;
  areas: readonly string[];
  industries: readonly string[];
}

/** Who classifies the subjects of a frame: the province, this installation, or both. */
export function readTierSources(warehouse: Warehouse, scope: TierScope): Promise<TierSource[]> {
  return warehouse.query<TierSource>(
    `WITH ${LIVE},
     registered AS (
       SELECT subject, argMax((toString(region), JSONExtractString(facts, 'industry')), (time, recorded_at, id)) AS last
       FROM live WHERE type = 'entity.registered' AND subject != '' GROUP BY subject
       HAVING (empty({areas:Array(String)}) OR has({areas:Array(String)}, last.1))
         AND (empty({industries:Array(String)}) OR has({industries:Array(String)}, ${industrySection('last.2')})))
     SELECT toString(source) AS source, arraySort(groupUniqArray(JSONExtractString(facts, 'tier'))) AS tiers,
       toUInt32(uniqExact(subject)) AS subjects
     FROM live
     WHERE type IN ('risk.scored', 'tier.changed') AND JSONExtractString(facts, 'tier') != ''
       AND subject IN (SELECT subject FROM registered)
     GROUP BY source ORDER BY source`,
    { ...scope },
  );
}

/**
 * The one source from which a draw takes its tiers; '' where nobody classifies anybody. Two sources are two classifications with
 * letters of their own: taking whichever spoke last would mix them without a word.
 *
 * @throws DrawError that lists the sources, where several classify the frame and none of them is named
 */
export function heldTierSource(sources: readonly TierSource[], named: string | undefined): string {
  const known = sources.map(({ source }) => source);
  const list = sources.map(({ source, subjects }) => `${source} (${subjects} subjects)`).join(', ');
  if (named && known.length > 0 && !known.includes(named))
    throw new DrawError(
      `No subject of the frame has a tier of the source ${named}; name one that classifies it by --tier-source: ${list}.`,
      { reason: 'unknown_tier_source', values: { source: named, sources: known.join(' / ') } },
    );
  if (named) return named;
  if (known.length > 1)
    throw new DrawError(
      `The frame is classified by ${known.length} sources, which a draw must not mix; name one by --tier-source: ${list}.`,
      { reason: 'tier_sources', values: { sources: known.join(' / ') } },
    );
  return known[0] ?? '';
}
