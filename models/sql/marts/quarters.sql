/*
name: quarters
kind: view
grain: one row per rule set and quarter that has scores
owner: models
description: Quarters by rule set and what is shown for them - the latest publication, or the draft while there is none.
columns:
  ruleset: rule set id
  quarter: quarter
  status: draft, published or corrected
  version: version of the rule set
  hash: SHA-256 of its exact text
  cutoff: last microsecond that counts; null while its year has no notice
  as_of: recording time of the newest event seen
  published_at: when it was published, null for a draft
  publication: id of the publication, nil UUID for a draft
*/
SELECT
  k.ruleset AS ruleset, k.quarter AS quarter, if(p.quarter = '', 'draft', p.status) AS status,
  if(p.quarter = '', b.version, p.version) AS version, if(p.quarter = '', b.hash, p.hash) AS hash,
  if(p.quarter = '', b.cutoff, p.cutoff) AS cutoff, if(p.quarter = '', b.as_of, p.as_of) AS as_of,
  if(p.quarter = '', NULL, p.published_at) AS published_at, p.publication AS publication
FROM (
  SELECT ruleset, quarter FROM source('builds') WHERE quarter != ''
  UNION DISTINCT SELECT ruleset, quarter FROM source('publications')
) AS k
LEFT JOIN (
  SELECT ruleset, quarter, argMax(version, build) AS version, argMax(hash, build) AS hash,
    argMax(tuple(cutoff), build).1 AS cutoff, argMax(as_of, build) AS as_of
  FROM source('builds') WHERE quarter != '' GROUP BY ruleset, quarter
) AS b ON b.ruleset = k.ruleset AND b.quarter = k.quarter
LEFT JOIN (SELECT * FROM source('publications') ORDER BY number DESC LIMIT 1 BY ruleset, quarter) AS p ON p.ruleset = k.ruleset AND p.quarter = k.quarter
SETTINGS join_use_nulls = 0
