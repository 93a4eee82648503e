import { HOLDING_VOIDS, READABLE_FACTS } from '@hengjian/warehouse/readable-events.ts';

/**
 * The events recorded up to a moment that no void holds against; a void that is itself voided holds against nothing. `facts` are
 * the declared members, as the check read them. Parameter: as_of.
 */
export const LIVE = `
  ${HOLDING_VOIDS("recorded_at <= {as_of:DateTime64(6, 'Asia/Shanghai')}")},
  live AS (
    SELECT source, id, type, time, department, region, upper(e.subject) AS subject, recorded_at, toString(e.origin) AS origin, facts
    FROM ${READABLE_FACTS} AS e
    WHERE recorded_at <= {as_of:DateTime64(6, 'Asia/Shanghai')}
      AND (toString(source), id) NOT IN (SELECT voided_source, voided_id FROM holding))`;
