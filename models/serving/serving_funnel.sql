/*
name: serving_funnel
kind: incremental
grain: one row per unit, area, week of the push, states and deadlines of what is undone
unique_key: [unit, area, week, claim_due, feedback_due, claim_state, feedback_state]
owner: charts
description: >-
  The pushes that the rule set counts as to be claimed (same cohort, so that the funnel and the score agree) and how far they have come by the
  cut-off. Deadlines of what is undone stay in the grain: whether it is still open or overdue depends on the day one looks. Where the document
  names no deadline there is only done and waiting. A rule set that counts no claims has no rows.
columns:
  quarter: quarter, month or year of the build
  unit: unit it was pushed to
  area: area code of the push, else empty
  week: Monday of the week of the push
  claim_due: last day to claim in time, where not claimed; empty beyond the known calendar
  feedback_due: last day to feed back in time, where claimed and not fed back
  claim_state: on_time, late or undone; without a deadline done or waiting
  feedback_state: the same; empty for what is not claimed, or what the rule set expects no feedback of
  pushes: how many
tests:
  - accepted_values: { column: claim_state, values: [on_time, late, undone, done, waiting] }
  - accepted_values: { column: feedback_state, values: [on_time, late, undone, done, waiting, ''] }
  - { name: as many as the item counts, custom: "SELECT s.unit FROM ref('mart_item_scores') AS s INNER JOIN ref('ruleset_parts') AS p ON p.item = s.item AND p.kind = 'rate' AND splitByChar(':', p.measure)[1] = 'push_claim' LEFT JOIN (SELECT unit, toFloat64(sum(pushes)) AS counted FROM this GROUP BY unit) AS f ON f.unit = s.unit WHERE ifNull(s.denominator, 0) != ifNull(f.counted, 0)" }
*/
WITH
  -- Of rule sets without points: the rows of their item for claims, with what the event of the push says of it.
  rows_of_rates AS (
    SELECT o.unit AS unit, o.key AS push_id, o.event_source AS event_source, o.event_id AS event_id, o.due AS due, o.done AS done, o.on_time AS on_time
    FROM ref('int_obligations') AS o
    INNER JOIN ref('ruleset_parts') AS p ON p.measure = o.measure
    -- A measure may count units that the item does not.
    WHERE p.kind = 'rate' AND splitByChar(':', o.measure)[1] = 'push_claim' AND (o.unit, p.item) IN (SELECT unit, item FROM ref('int_parts'))
    LIMIT 1 BY unit, push_id
  ),
  -- The events stream past the rows; where there are none they are not read at all.
  rates AS (
    SELECT c.unit AS unit, toString(e.region) AS area, e.event_day AS pushed_on, c.push_id AS push_id, c.due AS due, c.done AS done, c.on_time AS on_time
    FROM (SELECT toString(source) AS source, id, region, event_day FROM ref('int_live_events') WHERE type = 'registration.pushed') AS e
    INNER JOIN rows_of_rates AS c ON c.event_source = e.source AND c.event_id = e.id
  ),
  -- As in int_push_answers: the decision of the first feedback that carries one, else of the first licence that names the push.
  answers AS (
    SELECT push_id, minOrNullIf(time, type = 'push.outcome_fed_back') AS fed_back_at,
      ifNull(
        first_if(decided_on, type = 'push.outcome_fed_back' AND decided_on IS NOT NULL),
        first_if(decided_on, type = 'licence.entered' AND decided_on IS NOT NULL)
      ) AS decided_on
    FROM ref('int_live_events')
    WHERE type IN ('push.outcome_fed_back', 'licence.entered') AND push_id IN (SELECT push_id FROM rates)
    GROUP BY push_id
  )
SELECT unit, area, week, claim_state, feedback_state, claim_due, feedback_due, toUInt32(count()) AS pushes
FROM (
  SELECT
    p.unit AS unit, p.area AS area, toDate(toMonday(p.pushed_on)) AS week,
    toLowCardinality(multiIf(p.on_time = 1, 'on_time', p.done = 1, 'late', 'undone')) AS claim_state,
    toLowCardinality(multiIf(p.claimed_at IS NULL, '', p.fed_back_at IS NULL, 'undone', ifNull(toDate32(p.fed_back_at) <= p.feedback_due, 1), 'on_time', 'late')) AS feedback_state,
    if(claim_state = 'undone', p.claim_due, NULL) AS claim_due,
    if(feedback_state = 'undone', p.feedback_due, NULL) AS feedback_due
  FROM ref('int_due_pushes') AS p
  WHERE p.unit IN (SELECT unit FROM ref('int_units')) AND 'claim' IN (SELECT measure FROM ref('ruleset_parts'))
  UNION ALL
  SELECT
    r.unit AS unit, r.area AS area, toDate(toMonday(r.pushed_on)) AS week,
    toLowCardinality(multiIf(r.due IS NULL, if(r.done, 'done', 'waiting'), r.on_time = 1, 'on_time', r.done = 1, 'late', 'undone')) AS claim_state,
    toLowCardinality(multiIf(
      NOT r.done OR a.decided_on IS NULL OR NOT var('feedback_counts'), '',
      var_on('feedback_workdays', a.decided_on) IS NULL, if(a.fed_back_at IS NULL, 'waiting', 'done'),
      a.fed_back_at IS NULL, 'undone',
      ifNull(toDate32(a.fed_back_at) <= d.due, 1), 'on_time', 'late'
    )) AS feedback_state,
    if(claim_state = 'undone', r.due, NULL) AS claim_due,
    if(feedback_state = 'undone', d.due, NULL) AS feedback_due
  FROM answers AS a
  RIGHT JOIN rates AS r ON r.push_id = a.push_id
  LEFT JOIN (SELECT unit, start, due FROM ref('int_deadlines') WHERE workdays = var_on('feedback_workdays', start)) AS d ON d.unit = r.unit AND d.start = a.decided_on
)
GROUP BY unit, area, week, claim_state, feedback_state, claim_due, feedback_due
