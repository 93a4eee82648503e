/*
name: int_obligations
kind: incremental
grain: one row per unit, measure and thing that counts
unique_key: [unit, measure, key, subject]
owner: models
description: >-
  The ledger of the quarter - everything that was due (or counts), with its deadline, what happened, and whether it was done and in time.
  Scores are counts over it, and lost points point back to its rows.
columns:
  quarter: quarter of the build
  measure: what is counted (rule set parts name it)
  unit: unit id
  key: push, document, day, task, meeting, obligation, case or check
  subject: USCC, where one is concerned
  event_source: source of the event that made it due (or did it)
  event_id: its id
  due: last day in time, where there is a deadline
  happened: when it was done
  done: 1 if done by the cut-off
  on_time: 1 if done in time
tests:
  - not_null: [unit, measure, key, done, on_time]
  - accepted_values: { column: done, values: [0, 1] }
*/
SELECT * FROM (
  SELECT * FROM ref('int_login_days')
  UNION ALL SELECT * FROM ref('int_claims')
  UNION ALL SELECT * FROM ref('int_feedbacks')
  UNION ALL SELECT * FROM ref('int_register_entries')
  UNION ALL SELECT * FROM ref('int_unlicensed_cases')
  UNION ALL SELECT * FROM ref('int_library_checks')
  UNION ALL SELECT * FROM ref('int_plan_checks')
  UNION ALL SELECT * FROM ref('int_inspections')
  UNION ALL SELECT * FROM ref('int_joint_draws')
  UNION ALL SELECT * FROM ref('int_publications')
  UNION ALL SELECT * FROM ref('int_attendances')
  UNION ALL SELECT * FROM ref('int_materials')
)
WHERE cityHash64(key) % var('slices') = var('slice') AND unit IN (SELECT unit FROM ref('int_units'))
