/*
name: mart_event_balance
kind: incremental
grain: one row per event type, reason and value
unique_key: [type, why, value]
owner: models
description: >-
  Every event of the days of the quarter, as counted or with the reason why it cannot count, as of the cut-off. Where something is unknown
  (unit, push, task, item, event) the value names it; the row goes when what is missing comes.
columns:
  quarter: quarter of the build
  ruleset: rule set id
  type: event type
  why: counted; voided (the event, or the push it speaks of); unknown_unit, unknown_push, unknown_task, unknown_item, unknown_event; member_missing; other_bucket (pushes that never come due, and what answers them); no_duty (of the unit that acts); type_not_read by the rule set
  value: what is unknown or missing, or the unit without the duty; else empty
  events: how many
  since: time of the first of them
  example_source: source of the first of them
  example_id: its id
tests:
  - { name: every event of the quarter once, custom: "SELECT 1 FROM (SELECT (SELECT sum(events) FROM this) AS here, (SELECT count() FROM ref('stg_events') WHERE event_day BETWEEN var('quarter_start') AND var('quarter_end') AND recorded_at <= var('as_of')) AS there) WHERE here != there" }
*/
WITH
  (SELECT groupArray(unit) FROM ref('int_units')) AS units,
  (SELECT groupArray(region) FROM ref('ruleset_regions')) AS codes,
  (SELECT groupUniqArray(item) FROM ref('ruleset_parts') WHERE takes_mark != '') AS marked_items,
  (SELECT groupUniqArray(type) FROM ref('ruleset_registers')) AS register_types,
  (department, region) -> has(units, department)
    OR arrayExists(code -> region = code OR (match(region, '^[0-9]+$') AND match(code, '^[0-9]+$') AND startsWith(region, code)), codes) AS is_ours,
  of_quarter AS (
    SELECT toString(source) AS source, id, toString(type) AS type, time, toString(department) AS department, toString(region) AS region, push_id, bucket,
      push_id != '' AND type NOT IN ('registration.pushed', 'licence.entered') AS names_push,
      if(type IN ('mark.awarded', 'event.voided', 'draw.executed', 'result.entered', 'result.published'), facts, '') AS members
    FROM ref('stg_events')
    WHERE event_day BETWEEN var('quarter_start') AND var('quarter_end') AND recorded_at <= var('as_of')
  ),
  -- As hashes: a set of a fraction of the memory.
  pushes AS (
    SELECT cityHash64(push_id) AS push, max(is_ours(toString(department), toString(region))) AS ours, max(has(var('due_buckets'), bucket)) AS due,
      max((toString(source), id) NOT IN (SELECT source, id FROM ref('int_voided_events'))) AS stands
    FROM ref('stg_events')
    WHERE type = 'registration.pushed' AND time <= var('cutoff') AND recorded_at <= var('as_of') AND cityHash64(push_id) IN (SELECT cityHash64(push_id) FROM of_quarter WHERE names_push)
    GROUP BY push
  ),
  tasks AS (
    SELECT JSONExtractString(facts, 'task_id') AS task, max(type = 'task.created') AS created
    FROM ref('stg_events') WHERE type IN ('task.created', 'inspection.done') AND time <= var('cutoff') AND recorded_at <= var('as_of') GROUP BY task
  ),
  void_targets AS (
    SELECT JSONExtractString(members, 'event_source') AS source, JSONExtractString(members, 'event_id') AS id FROM of_quarter WHERE type = 'event.voided'
  ),
  present_targets AS (
    SELECT toString(source) AS source, id FROM ref('stg_events') WHERE id IN (SELECT id FROM void_targets) AND recorded_at <= var('as_of')
  ),
  register_duties AS (
    SELECT groupUniqArray(tuple(d.unit, r.type)) AS pairs FROM ref('ruleset_registers') AS r INNER JOIN ref('int_unit_duties') AS d ON d.duty = r.duty
  ),
  unit_duties AS (SELECT unit, groupUniqArray(duty) AS duties FROM ref('int_unit_duties') GROUP BY unit),
  judged AS (
    SELECT e.type AS type, e.time AS time, e.source AS source, e.id AS id,
      is_ours(e.department, e.region) AS ours,
      multiIf(
        (e.source, e.id) IN (SELECT source, id FROM ref('int_voided_events')), ('voided', ''),
        e.type = 'mark.awarded' AND NOT has(units, JSONExtractString(e.members, 'unit')), ('unknown_unit', JSONExtractString(e.members, 'unit')),
        e.type = 'mark.awarded' AND NOT has(marked_items, JSONExtractString(e.members, 'item')), ('unknown_item', JSONExtractString(e.members, 'item')),
        e.type = 'event.voided' AND (JSONExtractString(e.members, 'event_source'), JSONExtractString(e.members, 'event_id')) NOT IN (SELECT source, id FROM present_targets),
          ('unknown_event', JSONExtractString(e.members, 'event_id')),
        e.names_push AND p.push IS NULL, ('unknown_push', e.push_id),
        e.names_push AND NOT p.stands, ('voided', ''),
        -- Publications count by their inspection, whoever created the task.
        e.type IN ('draw.executed', 'result.entered', 'result.published') AND ifNull(t.created, 0) = 0 AND (e.type = 'draw.executed' OR t.task IS NULL),
          ('unknown_task', JSONExtractString(e.members, 'task_id')),
        NOT has(var('read_types'), e.type), ('type_not_read', ''),
        startsWith(e.type, 'push.') AND e.push_id = '', ('member_missing', 'push_id'),
        e.names_push AND NOT p.ours AND NOT ours, ('unknown_unit', e.department),
        e.names_push, if(p.due, ('counted', ''), ('other_bucket', '')),
        -- Acts of the office and of the registers may come from any department.
        e.type IN ('mark.awarded', 'meeting.held', 'material.due', 'outage.declared', 'event.voided', 'enterprise.notified', 'annual_report.filed', 'subject.unreachable')
          OR startsWith(e.type, 'entity.'), ('counted', ''),
        NOT ours, ('unknown_unit', e.department),
        e.type = 'registration.pushed' AND NOT has(var('due_buckets'), e.bucket), ('other_bucket', e.bucket),
        NOT has(units, e.department), ('counted', ''),
        has(register_types, e.type), if(has((SELECT pairs FROM register_duties), (e.department, e.type)), ('counted', ''), ('no_duty', e.department)),
        arrayExists(one -> one.1 = e.type AND empty(arrayIntersect(one.2, ifNull(d.duties, []))), var('type_duties')), ('no_duty', e.department),
        ('counted', '')) AS verdict
    FROM of_quarter AS e
    LEFT JOIN pushes AS p ON e.names_push AND p.push = cityHash64(e.push_id)
    LEFT JOIN tasks AS t ON t.task = if(e.type IN ('draw.executed', 'result.entered', 'result.published'), JSONExtractString(e.members, 'task_id'), '')
    LEFT JOIN unit_duties AS d ON d.unit = e.department
  )
SELECT type, verdict.1 AS why, verdict.2 AS value, toUInt64(count()) AS events, min(time) AS since,
  argMin(source, (time, id, source)) AS example_source, argMin(id, (time, id, source)) AS example_id
FROM judged
GROUP BY type, why, value
