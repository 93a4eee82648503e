import { industrySection } from '../../risk/maps/industry-section.ts';
import { LIVE } from './live-events.ts';

/** Of tasks that were committed to: the kind of check and the ground for exemption of the last commitment. */
export const PLANNED_TASKS = `
    SELECT JSONExtractString(facts, 'task_id') AS task_id,
      argMax(JSONExtractString(facts, 'plan', 'rules', 'check_type'), (time, recorded_at, id)) AS check_type,
      argMax(JSONExtractString(facts, 'plan', 'rules', 'exemption'), (time, recorded_at, id)) AS exemption
    FROM live WHERE type = 'draw.committed' GROUP BY task_id`;

/**
 * Every registered subject with what a draw needs, and why it is left out ('' for those in the frame). Parameters: as_of,
 * task, department, year, untiered, tier_source, low_tiers, areas, industries, cooling_days, cap, check_type, exempt. Visits of
 * a draw that had a ground for exemption do not count towards the cap, and each kind of check has its own.
 */
export const CANDIDATES = `
  WITH ${LIVE},
  registered AS (
    SELECT subject, argMax((toString(region), JSONExtractString(facts, 'industry'), JSONExtractString(facts, 'name')),
        (time, recorded_at, id)) AS last,
      last.1 AS area, ${industrySection('last.2')} AS industry, last.3 AS name, max(time) AS registered_at
    FROM live WHERE type = 'entity.registered' AND subject != '' GROUP BY subject),
  closed AS (
    SELECT subject, max(time) AS closed_at FROM live
    WHERE type IN ('entity.cancelled', 'entity.revoked', 'registration.cancelled', 'registration.revoked') GROUP BY subject),
  tiers AS (
    SELECT subject, argMax(JSONExtractString(facts, 'tier'), (time, recorded_at, id)) AS tier FROM live
    WHERE type IN ('risk.scored', 'tier.changed') AND JSONExtractString(facts, 'tier') != ''
      AND ({tier_source:String} = '' OR source = {tier_source:String})
    GROUP BY subject),
  drawn AS (
    SELECT upper(arrayJoin(JSONExtract(facts, 'objects', 'Array(String)'))) AS subject, department, time,
      JSONExtractString(facts, 'task_id') AS task_id
    FROM live WHERE type = 'draw.executed'),
  visits AS (
    SELECT subject, department, time, task_id FROM drawn
    UNION ALL
    SELECT subject, department, time, JSONExtractString(facts, 'task_id') AS task_id FROM live WHERE type = 'inspection.done'),
  planned AS (${PLANNED_TASKS}),
  history AS (
    SELECT subject,
      uniqExactIf(task_id, department = {department:String} AND toYear(time) = {year:UInt16} AND planned.exemption = ''
        AND if(planned.check_type = '', 'daily', planned.check_type) = {check_type:String}) AS own_visits,
      uniqExactIf(task_id, toYear(time) = {year:UInt16}) AS all_visits
    FROM visits LEFT JOIN planned ON planned.task_id = visits.task_id
    WHERE task_id != {task:String} GROUP BY subject),
  recent AS (
    SELECT DISTINCT subject FROM drawn
    WHERE task_id != {task:String} AND department = {department:String}
      AND time > {as_of:DateTime64(6, 'Asia/Shanghai')} - toIntervalDay({cooling_days:UInt16}))
  SELECT registered.subject AS id, registered.name AS name, registered.area AS area, history.all_visits > 0 AS visited, registered.industry AS industry,
    if(tiers.tier = '', {untiered:String}, tiers.tier) AS tier,
    multiIf(
      closed.subject != '' AND closed.closed_at >= registered.registered_at, 'closed',
      {exempt:Bool}, '',
      has({low_tiers:Array(String)}, tier) AND history.all_visits > 0, 'low_risk_drawn_this_year',
      {cap:UInt32} > 0 AND history.own_visits >= {cap:UInt32}, 'annual_cap',
      {cooling_days:UInt16} > 0 AND recent.subject != '', 'cooling_off',
      '') AS exclusion
  FROM registered
  LEFT JOIN closed ON closed.subject = registered.subject
  LEFT JOIN tiers ON tiers.subject = registered.subject
  LEFT JOIN history ON history.subject = registered.subject
  LEFT JOIN recent ON recent.subject = registered.subject
  WHERE (empty({areas:Array(String)}) OR has({areas:Array(String)}, registered.area))
    AND (empty({industries:Array(String)}) OR has({industries:Array(String)}, registered.industry))`;

/** How many there are by tier, area, exclusion, and whether somebody drew or visited them this year. */
export const COUNT_CANDIDATES = `SELECT tier, area, exclusion, visited, count() AS subjects FROM (${CANDIDATES})
  GROUP BY tier, area, exclusion, visited ORDER BY tier, area, exclusion, visited`;

/** Who is left out and why, those of limits first. Further parameter: limit. */
export const EXCLUDED = `SELECT id, name, area, exclusion FROM (${CANDIDATES})
  WHERE exclusion != '' ORDER BY exclusion = 'closed', exclusion, id LIMIT {limit:UInt32}`;

/** Freezes those in the frame. Further parameters: frame, strata, salt_key (hex; forgotten afterwards, so salts are secret). */
export const FREEZE_FRAME = `
  INSERT INTO draw_frames (frame_id, id, cell, key_bytes, line)
  SELECT {frame:String}, id,
    arrayPushBack(arrayMap(stratum -> if(stratum = 'area', area, industry), {strata:Array(String)}), tier),
    concat(id, '\\x1f', salt), arrayStringConcat([id, area, industry, tier, salt], '\\t')
  FROM (
    SELECT id, area, industry, tier, lower(substring(hex(SHA256(concat(unhex({salt_key:String}), id))), 1, 32)) AS salt
    FROM (${CANDIDATES}) WHERE exclusion = '')`;
