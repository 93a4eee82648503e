/**
 * The events recorded up to a moment that no void holds against; a void that is itself voided holds against nothing. `facts` are
 * the declared members, as the check read them. Parameter: as_of.
 */
export const LIVE = `
  voids AS (
    SELECT source, id, JSONExtractString(data, 'event_source') AS voided_source, JSONExtractString(data, 'event_id') AS voided_id
    FROM events WHERE type = 'event.voided' AND recorded_at <= {as_of:DateTime64(6, 'Asia/Shanghai')}),
  holding AS (
    SELECT voided_source, voided_id FROM voids
    WHERE (toString(source), id) NOT IN (SELECT voided_source, voided_id FROM voids)),
  live AS (
    SELECT source, id, type, time, department, region, upper(subject) AS subject, recorded_at, toString(origin) AS origin, data,
      if(events.facts = '', data, events.facts) AS facts
    FROM events
    WHERE recorded_at <= {as_of:DateTime64(6, 'Asia/Shanghai')}
      AND (toString(source), id) NOT IN (SELECT voided_source, voided_id FROM holding))`;
