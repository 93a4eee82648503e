/*
name: int_obligations
kind: incremental
grain: one row per unit, measure and thing that counts
unique_key: [unit, measure, key, subject, variant]
owner: models
description: >-
  The ledger of the quarter - everything that was due (or counts), with its deadline, what happened, and whether it was done and in time.
  It is the union of the measures that the rule set uses. Scores are counts over it, and lost points point back to its rows.
columns:
  quarter: quarter of the build
  measure: what is counted (rule set parts name it); measure:item where the measure has parameters of the item
  unit: unit id
  key: push, document, day, task, meeting, obligation, case or check
  subject: USCC, where one is concerned
  variant: what tells rows of one key and subject apart; mostly empty
  event_source: source of the event that made it due (or did it)
  event_id: its id
  due: last day in time, where there is a deadline
  happened: when it was done
  done: 1 if done by the cut-off
  on_time: 1 if done in time; null without a deadline
  amount: how many things the row stands for
  amount_done: how many of them were done
tests:
  - not_null: [unit, measure, key, done]
  - accepted_values: { column: done, values: [0, 1] }
  - { name: parts within the whole, custom: "SELECT * FROM this WHERE amount_done > amount OR amount_done < 0" }
*/
SELECT *
FROM ref('measures')
WHERE cityHash64(key) % var('slices') = var('slice') AND unit IN (SELECT unit FROM ref('int_units'))
