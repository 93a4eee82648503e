/*
name: serving_subject_stock
kind: incremental
grain: one row per area and industry section
unique_key: [area, industry]
owner: charts
description: Market subjects on the register at the end of the quarter (of a running one, so far), the denominator of rates.
columns:
  quarter: quarter of the build
  area: area code, else empty
  industry: GB/T 4754-2017 section letter, else empty
  active: subjects registered and neither cancelled nor revoked
*/
SELECT area, industry, toUInt32(count()) AS active
FROM ref('int_subjects')
WHERE registered_on <= var('quarter_end') AND (ended_on IS NULL OR ended_on > var('quarter_end'))
GROUP BY area, industry
