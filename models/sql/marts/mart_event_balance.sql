/*
name: mart_event_balance
kind: incremental
grain: one row per event type, reason and value
unique_key: [type, why, value]
owner: models
description: >-
  Every event of the days of the quarter, as counted or with the reason why it cannot count, as of the cut-off. Where something is unknown
  (unit, push, task, item, event) the value names it; the row goes when what is missing comes.
narrow: { by: event }
columns:
  quarter: quarter of the build
  ruleset: rule set id
  type: event type
  why: counted; voided (the event, or what it speaks of); unknown_unit, unknown_push, unknown_task, unknown_item, unknown_event, unknown_meeting, unknown_obligation, unknown_case, unknown_objection, unknown_alert, unknown_record, unknown_trigger, unknown_subject; after_cutoff (a mark of the quarter that value names); mark_invalid (points, reason, approver, or a unit without the item); superseded by a later mark; not_required of the unit; member_missing; other_bucket (pushes that never come due, and what answers them); no_duty (of the unit that acts); type_not_read by the rule set
  value: what is unknown or missing, or the unit without the duty; of a type that is not read the unit, where it is unknown too; else empty
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
  (SELECT groupUniqArray(splitByChar(':', measure)[1]) FROM ref('ruleset_parts')) AS counted_measures,
  (quarter, time) -> notEmpty(var('mark_cutoffs')) AND (quarter < var('mark_cutoffs')[1].1 OR arrayExists(one -> one.1 = quarter AND one.2 < time, var('mark_cutoffs'))) AS is_late,
  (department, region) -> has(units, department)
    OR arrayExists(code -> region = code OR (match(region, '^[0-9]+$') AND match(code, '^[0-9]+$') AND startsWith(region, code)), codes) AS is_ours,
  of_quarter AS (SELECT * FROM ref('int_judged_events')),
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
    FROM ref('stg_events') WHERE type IN ('task.created', 'inspection.done') AND time <= var('cutoff') AND recorded_at <= var('as_of')
      -- Where nothing speaks of tasks they are not read at all.
      AND (SELECT count() > 0 FROM of_quarter WHERE type IN ('draw.executed', 'result.entered', 'result.published'))
    GROUP BY task
  ),
  void_targets AS (
    SELECT JSONExtractString(members, 'event_source') AS source, JSONExtractString(members, 'event_id') AS id FROM of_quarter WHERE type = 'event.voided'
  ),
  present_targets AS (
    SELECT toString(source) AS source, id FROM ref('stg_events') WHERE id IN (SELECT id FROM void_targets) AND recorded_at <= var('as_of')
  ),
  record_wanted AS (
    SELECT arrayJoin([JSONExtractString(members, 'record_id'), folded_number(JSONExtractString(members, 'record_id'))]) AS name
    FROM of_quarter WHERE type IN ('record.attached', 'record.published')
  ),
  -- Names of the records that somebody attaches or publishes: documents as they are compared, cases, ids of entries.
  record_names AS (
    SELECT arrayJoin([id, if(doc_no = '', '', folded_number(doc_no)), JSONExtractString(facts, 'case_id')]) AS name
    FROM ref('stg_events')
    WHERE hasAny(var('read_types'), ['record.attached', 'record.published']) AND has(var('read_types'), type) AND decided_on IS NOT NULL AND time <= var('cutoff') AND recorded_at <= var('as_of') AND name IN (SELECT name FROM record_wanted)
    UNION ALL
    SELECT folded_number(JSONExtractString(arrayJoin(JSONExtractArrayRaw(facts, 'rows')), 'doc_no')) AS name
    FROM ref('stg_events')
    WHERE hasAny(var('read_types'), ['record.attached', 'record.published']) AND type = 'quarter_list.submitted' AND time <= var('cutoff') AND recorded_at <= var('as_of') AND name IN (SELECT name FROM record_wanted)
  ),
  triggers AS (
    SELECT id FROM ref('stg_events')
    WHERE type IN ('entity.cancelled', 'entity.revoked', 'subject.unreachable') AND time <= var('cutoff') AND recorded_at <= var('as_of')
      AND id IN (SELECT JSONExtractString(members, 'trigger_event_id') FROM of_quarter WHERE type = 'linkage.action')
  ),
  applied_cases AS (
    SELECT JSONExtractString(facts, 'case_id') AS thing FROM ref('stg_events')
    WHERE type = 'punishment.applied' AND time <= var('cutoff') AND recorded_at <= var('as_of') AND thing IN (SELECT thing FROM of_quarter WHERE type = 'punishment.fed_back')
  ),
  unit_duties AS (SELECT unit, groupUniqArray(duty) AS duties FROM ref('int_unit_duties') GROUP BY unit),
  -- Subjects of reports and notices: a report counts for who is registered, a notice for who was pushed to somebody.
  known_subjects AS (
    SELECT DISTINCT type = 'entity.registered' AS registered, subject
    FROM ref('stg_events')
    WHERE hasAny(var('read_types'), ['annual_report.filed', 'enterprise.notified']) AND type IN ('entity.registered', 'registration.pushed') AND time <= var('cutoff') AND recorded_at <= var('as_of')
      AND subject IN (SELECT subject FROM of_quarter WHERE type IN ('annual_report.filed', 'enterprise.notified'))
  ),
  -- As int_marks takes them, and of units that are scored on the item.
  good_marks AS (
    SELECT m.unit AS unit, m.item AS item, m.quarter AS quarter, m.source AS source, m.id AS id, m.time AS time
    FROM (
      SELECT JSONExtractString(facts, 'unit') AS unit, JSONExtractString(facts, 'item') AS item, JSONExtractString(facts, 'quarter') AS quarter, toString(source) AS source, id, time,
        toDecimal128OrNull(JSONExtractRaw(facts, 'points'), 6) AS points
      FROM ref('stg_events')
      WHERE type = 'mark.awarded' AND time <= var('cutoff') AND recorded_at <= var('as_of') AND (toString(source), id) NOT IN (SELECT source, id FROM ref('int_voided_events'))
        AND trimBoth(JSONExtractString(facts, 'reason')) != '' AND trimBoth(JSONExtractString(facts, 'approver')) != ''
    ) AS m
    INNER JOIN (SELECT item, max(points) AS most FROM ref('ruleset_parts') WHERE takes_mark != '' GROUP BY item) AS a ON a.item = m.item
    INNER JOIN (SELECT item, any(duties) AS duties FROM ref('ruleset_items') WHERE switched_on GROUP BY item) AS i ON i.item = m.item
    LEFT JOIN unit_duties AS d ON d.unit = m.unit
    WHERE m.points >= 0 AND m.points <= a.most AND NOT is_late(m.quarter, m.time) AND (empty(i.duties) OR hasAny(i.duties, d.duties))
  ),
  last_marks AS (SELECT latest_of(tuple(source, id)) AS mark FROM good_marks GROUP BY unit, item, quarter),
  register_duties AS (
    SELECT groupUniqArray(tuple(d.unit, r.type)) AS pairs FROM ref('ruleset_registers') AS r INNER JOIN ref('int_unit_duties') AS d ON d.duty = r.duty
  ),
  judged AS (
    SELECT e.type AS type, e.time AS time, e.source AS source, e.id AS id,
      is_ours(e.department, e.region) AS ours,
      -- The unit whose figures it would be, where the rule set does not know it: of some types whom it is about, whoever sends it.
      multiIf(
        e.type = 'mark.awarded', if(has(units, JSONExtractString(e.members, 'unit')), '', JSONExtractString(e.members, 'unit')),
        e.type = 'task.created', if(has(units, JSONExtractString(e.members, 'lead')) OR hasAny(e.named, units), '', JSONExtractString(e.members, 'lead')),
        e.type = 'objection.forwarded', if(has(units, JSONExtractString(e.members, 'to_unit')), '', JSONExtractString(e.members, 'to_unit')),
        e.type IN ('meeting.held', 'material.due', 'outage.declared', 'punishment.initiated'), if(empty(e.named) OR hasAny(e.named, units), '', e.named[1]),
        e.names_push, if(ifNull(p.ours, 0) OR ours, '', e.department),
        -- Acts of the registers may come from any department, and whoever answers, disposes or publishes, it is done.
        e.type IN ('event.voided', 'enterprise.notified', 'annual_report.filed', 'subject.unreachable', 'record.attached', 'record.published')
          OR startsWith(e.type, 'entity.') OR e.spoken.1 IN ('objection', 'alert'), '',
        if(ours, '', e.department)) AS stranger,
      multiIf(
        (e.source, e.id) IN (SELECT source, id FROM ref('int_voided_events')), ('voided', ''),
        e.type = 'mark.awarded' AND stranger != '', ('unknown_unit', stranger),
        e.type = 'mark.awarded' AND NOT has(marked_items, JSONExtractString(e.members, 'item')), ('unknown_item', JSONExtractString(e.members, 'item')),
        e.type = 'mark.awarded' AND is_late(JSONExtractString(e.members, 'quarter'), e.time), ('after_cutoff', JSONExtractString(e.members, 'quarter')),
        e.type = 'mark.awarded' AND (e.source, e.id) NOT IN (SELECT source, id FROM good_marks), ('mark_invalid', concat(JSONExtractString(e.members, 'unit'), ' ', JSONExtractString(e.members, 'item'))),
        e.type = 'mark.awarded' AND (e.source, e.id) NOT IN (SELECT mark.1, mark.2 FROM last_marks), ('superseded', ''),
        e.type = 'event.voided' AND (JSONExtractString(e.members, 'event_source'), JSONExtractString(e.members, 'event_id')) NOT IN (SELECT source, id FROM present_targets),
          ('unknown_event', JSONExtractString(e.members, 'event_id')),
        e.names_push AND p.push IS NULL, ('unknown_push', e.push_id),
        e.names_push AND NOT p.stands, ('voided', ''),
        -- Publications count by their inspection, whoever created the task.
        e.type IN ('draw.executed', 'result.entered', 'result.published') AND ifNull(t.created, 0) = 0 AND (e.type = 'draw.executed' OR t.task IS NULL)
          -- Some rule sets count what a unit draws by itself.
          AND NOT (e.type = 'draw.executed' AND has(counted_measures, 'drawn_inspection')),
          ('unknown_task', JSONExtractString(e.members, 'task_id')),
        NOT has(var('read_types'), e.type), ('type_not_read', stranger),
        startsWith(e.type, 'push.') AND e.push_id = '', ('member_missing', 'push_id'),
        e.spoken.1 = 'alert' AND e.thing = '' OR e.type = 'risk.alert_raised' AND fact_text(e.members, 'alert_id') IS NULL, ('member_missing', 'alert_id'),
        e.type IN ('record.attached', 'record.published') AND fact_text(e.members, 'record_id') IS NULL, ('member_missing', 'record_id'),
        e.type = 'linkage.action' AND fact_text(e.members, 'trigger_event_id') IS NULL, ('member_missing', 'trigger_event_id'),
        e.type = 'objection.forwarded' AND fact_text(e.members, 'to_unit') IS NULL, ('member_missing', 'to_unit'),
        e.type = 'quality.checked' AND ifNull(fact_text(e.members, 'rule_id') IS NULL OR fact_whole(e.members, 'n') < fact_whole(e.members, 'failed'), 1), ('member_missing', 'rule_id, n, failed'),
        e.type = 'annual_report.filed' AND fact_whole(e.members, 'year') IS NULL, ('member_missing', 'year'),
        e.type IN ('enterprise.notified', 'annual_report.filed', 'subject.unreachable', 'verify.queried', 'linkage.action') AND e.subject = '', ('member_missing', 'subject'),
        e.type IN ('annual_report.filed', 'enterprise.notified') AND (e.type = 'annual_report.filed', e.subject) NOT IN (SELECT registered, subject FROM known_subjects), ('unknown_subject', e.subject),
        -- Some rule sets go on from a unit's own step, whoever began the case.
        e.spoken.1 = 'case' AND (e.type = 'punishment.received' AND has(counted_measures, 'punishment_application')
          OR e.type = 'punishment.applied' AND hasAny(counted_measures, ['punishment_feedback', 'verified_punishment'])
          OR e.type = 'punishment.fed_back' AND has(counted_measures, 'punishment_feedback') AND e.thing IN (SELECT thing FROM applied_cases)),
          if(stranger = '', ('counted', ''), ('unknown_unit', stranger)),
        e.spoken.1 != '' AND r.stands IS NULL, (concat('unknown_', e.spoken.1), e.thing),
        e.spoken.1 != '' AND NOT r.stands, ('voided', ''),
        e.spoken.1 IN ('meeting', 'obligation', 'case') AND has(units, e.department) AND NOT has(r.asked, e.department) AND (e.spoken.1 != 'case' OR notEmpty(r.asked)), ('not_required', e.thing),
        -- Whoever answers or disposes, it is done.
        e.spoken.1 IN ('objection', 'alert'), ('counted', ''),
        e.type IN ('record.attached', 'record.published'),
          if(JSONExtractString(e.members, 'record_id') IN (SELECT name FROM record_names) OR folded_number(JSONExtractString(e.members, 'record_id')) IN (SELECT name FROM record_names),
            ('counted', ''), ('unknown_record', JSONExtractString(e.members, 'record_id'))),
        e.type = 'linkage.action' AND JSONExtractString(e.members, 'trigger_event_id') NOT IN (SELECT id FROM triggers), ('unknown_trigger', JSONExtractString(e.members, 'trigger_event_id')),
        e.type IN ('meeting.held', 'material.due') AND empty(e.named), ('member_missing', 'required'),
        stranger != '', ('unknown_unit', stranger),
        e.names_push, if(p.due, ('counted', ''), ('other_bucket', '')),
        e.type IN ('mark.awarded', 'meeting.held', 'material.due', 'outage.declared', 'event.voided', 'enterprise.notified', 'annual_report.filed', 'subject.unreachable',
          'punishment.initiated', 'objection.forwarded', 'task.created') OR startsWith(e.type, 'entity.'), ('counted', ''),
        e.type = 'registration.pushed' AND NOT has(var('due_buckets'), e.bucket), ('other_bucket', e.bucket),
        NOT has(units, e.department), ('counted', ''),
        has(register_types, e.type), if(has((SELECT pairs FROM register_duties), (e.department, e.type)), ('counted', ''), ('no_duty', e.department)),
        arrayExists(one -> one.1 = e.type AND empty(arrayIntersect(one.2, ifNull(d.duties, []))), var('type_duties')), ('no_duty', e.department),
        ('counted', '')) AS verdict
    FROM of_quarter AS e
    LEFT JOIN pushes AS p ON e.names_push AND p.push = cityHash64(e.push_id)
    LEFT JOIN tasks AS t ON t.task = if(e.type IN ('draw.executed', 'result.entered', 'result.published'), JSONExtractString(e.members, 'task_id'), '')
    LEFT JOIN ref('int_things') AS r ON r.kind = e.spoken.1 AND r.thing = e.thing
    LEFT JOIN unit_duties AS d ON d.unit = e.department
  )
SELECT type, verdict.1 AS why, verdict.2 AS value, toUInt64(count()) AS events, min(time) AS since,
  first_of(source) AS example_source, first_of(id) AS example_id
FROM judged
GROUP BY type, why, value
