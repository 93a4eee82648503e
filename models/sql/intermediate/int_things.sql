/*
name: int_things
kind: ephemeral
grain: one row per thing that other events speak of by its id
owner: models
description: >-
  Meetings, obligations, cases of joint punishment, objections and alerts, as of the cut-off. What speaks of one that is not here counts nowhere.
reads: [meeting.held, material.due, punishment.initiated, risk.alert_raised, objection.filed, objection.forwarded]
columns:
  kind: meeting, obligation, case, objection or alert
  thing: its id
  asked: units that it asks something of; none means all, or that nobody is asked by name
  stands: 1 if some event of it was not voided
*/
SELECT kind, thing, groupUniqArrayArrayIf(required, live = 1) AS asked, max(live) AS stands
FROM (
  SELECT
    multiIf(type = 'meeting.held', 'meeting', type = 'material.due', 'obligation', type = 'punishment.initiated', 'case', type = 'risk.alert_raised', 'alert', 'objection') AS kind,
    JSONExtractString(facts, multiIf(kind = 'meeting', 'meeting_id', kind = 'obligation', 'obligation_id', kind = 'case', 'case_id', kind = 'alert', 'alert_id', 'objection_id')) AS thing,
    JSONExtract(facts, if(kind = 'case', 'implementers', 'required'), 'Array(String)') AS required,
    toUInt8((toString(source), id) NOT IN (SELECT source, id FROM ref('int_voided_events'))) AS live
  FROM ref('stg_events')
  WHERE type IN ('meeting.held', 'material.due', 'punishment.initiated', 'objection.filed', 'objection.forwarded', 'risk.alert_raised')
    AND time <= var('cutoff') AND recorded_at <= var('as_of')
    -- Handed to nobody it begins nothing.
    AND (type != 'objection.forwarded' OR JSONExtractString(facts, 'to_unit') != '')
)
WHERE thing != ''
GROUP BY kind, thing
