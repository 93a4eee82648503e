/*
name: risk_tiers
kind: table
grain: one row per market subject in the register at the end of the month
unique_key: [subject]
owner: risk
description: >-
  The index of each subject (the sum of its reasons), the tier that follows from the cuts, tiers assigned directly, and the tier that
  the provincial classification (any source but ourselves) gave it last.
columns:
  subject: USCC
  name: name
  kind: kind of subject
  area: area code
  industry: GB/T 4754 code
  points: index in millionths of a point
  cuts: millionths of a point that the index must exceed for the second, third … tier
  tier_by_points: tier by the cuts
  direct: indicators that assign a tier directly
  tier: the higher of the two
  given_tier: tier of the latest `risk.scored` or `tier.changed`, else empty
  given_source: its source
  given_id: its id
  given_day: its day
*/
WITH
  sums AS (
    SELECT subject, toInt64(sum(r.points)) AS points,
      arraySort(groupArrayIf(toString(r.indicator), r.tier != '')) AS direct,
      max(indexOf(var('tiers'), toString(r.tier))) AS direct_rank
    FROM ref('risk_reasons') AS r GROUP BY subject
  ),
  given AS (
    SELECT subject, latest_of(JSONExtractString(facts, 'tier')) AS tier, latest_of(toString(e.source)) AS last_source,
      latest_of(id) AS last_id, latest_of(event_day) AS day
    FROM ref('risk_live_events') AS e
    WHERE type IN ('risk.scored', 'tier.changed') AND JSONExtractString(facts, 'tier') != '' AND e.source != var('own_source')
    GROUP BY subject
  ),
  scored AS (
    SELECT s.subject AS subject, s.name AS name, s.kind AS kind, s.area AS area, s.industry AS industry,
      ifNull(r.points, 0) AS points, r.direct AS direct, ifNull(r.direct_rank, 0) AS direct_rank
    FROM ref('risk_subjects') AS s LEFT JOIN sums AS r ON r.subject = s.subject
  ),
  -- Cuts by shares: the index at the rank that so many ten-thousandths of the subjects reach; equal indexes stay together, below.
  cut AS (
    SELECT if(empty(var('shares')), var('thresholds'),
      arrayMap(share -> sorted[greatest(1, intDiv(share * length(sorted) + 9999, 10000))], var('shares'))) AS cuts
    FROM (SELECT arraySort(groupArray(points)) AS sorted FROM scored)
  )
SELECT scored.subject AS subject, scored.name AS name, scored.kind AS kind, scored.area AS area, scored.industry AS industry, scored.points AS points,
  (SELECT cuts FROM cut) AS cuts,
  arrayCount(one -> scored.points > one, cuts) + 1 AS rank,
  var('tiers')[rank] AS tier_by_points, scored.direct AS direct,
  var('tiers')[greatest(rank, scored.direct_rank)] AS tier,
  ifNull(g.tier, '') AS given_tier, ifNull(g.last_source, '') AS given_source, ifNull(g.last_id, '') AS given_id, g.day AS given_day
FROM scored LEFT JOIN given AS g ON g.subject = scored.subject
