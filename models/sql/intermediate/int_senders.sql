/*
name: int_senders
kind: incremental
grain: one row per department and region that sent an event
unique_key: [department, region]
owner: models
description: >-
  unit(e) of rulesets.md §1 - the unit whose id is the department; else the unit with the longest code in its regions that equals the region or, both being all digits, begins it; else none.
columns:
  quarter: quarter of the build
  department: department of events
  region: their region, empty without
  unit: unit whose events they are, empty for none
*/
WITH
  pairs AS (
    SELECT DISTINCT toString(department) AS department, toString(region) AS region FROM ref('int_live_events')
  ),
  covered AS (
    SELECT p.department AS department, p.region AS region, argMax(r.unit, (length(r.code), -toInt64(r.ord))) AS unit
    FROM pairs AS p
    CROSS JOIN (
      SELECT r.unit AS unit, r.region AS code, u.ord AS ord
      FROM ref('ruleset_regions') AS r
      INNER JOIN ref('int_units') AS u ON u.unit = r.unit
    ) AS r
    WHERE p.region = r.code OR (match(p.region, '^[0-9]+$') AND match(r.code, '^[0-9]+$') AND startsWith(p.region, r.code))
    GROUP BY p.department, p.region
  )
SELECT p.department AS department, p.region AS region,
  if(p.department IN (SELECT unit FROM ref('int_units')), p.department, ifNull(c.unit, '')) AS unit
FROM pairs AS p
LEFT JOIN covered AS c ON c.department = p.department AND c.region = p.region
