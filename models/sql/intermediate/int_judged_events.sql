/*
name: int_judged_events
kind: ephemeral
grain: one row per event of the days of the quarter
owner: models
description: >-
  The events that the balance of events judges. After new events a build has those in their place whose verdict these can change.
columns:
  names_push: 1 if it speaks of the push that it names
  spoken: kind of the thing that events of this type speak of, and the member that names it; else both empty
  members: its facts where the verdict reads them, else empty
  thing: the thing it speaks of
  named: units that it names
  recorded_at: as the others, those of stg_events
*/
WITH
  type -> multiIf(type = 'meeting.attended', ('meeting', 'meeting_id'), type = 'material.submitted', ('obligation', 'obligation_id'),
    type IN ('punishment.received', 'punishment.applied', 'punishment.fed_back'), ('case', 'case_id'), type = 'objection.answered', ('objection', 'objection_id'),
    type IN ('risk.disposed', 'risk.alert_disposed'), ('alert', 'alert_id'), ('', '')) AS speaks_of
SELECT toString(source) AS source, id, toString(type) AS type, time, toString(department) AS department, toString(region) AS region, subject, push_id, bucket, recorded_at,
  push_id != '' AND type NOT IN ('registration.pushed', 'licence.entered') AS names_push,
  speaks_of(type) AS spoken,
  if(spoken.1 != '' OR type IN ('mark.awarded', 'event.voided', 'draw.executed', 'result.entered', 'result.published', 'task.created', 'meeting.held', 'material.due', 'outage.declared',
    'punishment.initiated', 'objection.forwarded', 'risk.alert_raised', 'record.attached', 'record.published', 'linkage.action', 'quality.checked', 'annual_report.filed'), facts, '') AS members,
  if(spoken.1 = '', '', JSONExtractString(members, spoken.2)) AS thing,
  JSONExtract(members, multiIf(type = 'outage.declared', 'units', type = 'punishment.initiated', 'implementers', type = 'task.created', 'participants', 'required'), 'Array(String)') AS named
FROM ref('stg_events')
WHERE event_day BETWEEN var('quarter_start') AND var('quarter_end') AND recorded_at <= var('as_of')
