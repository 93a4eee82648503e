import { areaMeasures } from '@hengjian/models/queries/heat-area-industry.ts';
import { HEAT_INDICATOR_IDS } from '@hengjian/models/queries/heat-indicators.ts';
import { HEAT_SCALES } from '@hengjian/models/queries/heat-scale.ts';
import { arrow, notModified, problem, refusals } from './responses.ts';

const inQuery = (name: string, schema: object, description: string) => ({ name, in: 'query', schema, description });
const text = { type: 'string' };

const quarter = inQuery(
  'quarter',
  { ...text, examples: ['2025Q2', '2025-04', '2025'] },
  'A quarter, or a month or a year where the rule set keeps them; the latest finished quarter when left out',
);
export const ruleset = inQuery(
  'ruleset',
  { ...text, examples: ['nantong-etdz'] },
  'Rule set, one of those in HENGJIAN_RULESET; the default one when left out',
);
const unit = inQuery('unit', text, 'One unit only');
const missing = { 404: problem('No such period') };

const data = (operationId: string, summary: string, parameters: object[], columns: string, more: object) => ({
  get: {
    summary,
    operationId,
    security: [{ session: [] }, { readKey: [] }],
    parameters,
    responses: { 200: arrow(columns), ...refusals, ...more },
  },
});

/** Chart data, for pages and for whoever wants to draw their own. */
export const chartPaths = {
  '/api/v1/funnel': data(
    'getFunnel',
    'Pushes of a period by unit and week: claimed and fed back on time, late, open, overdue',
    [ruleset, quarter, unit],
    'unit, unit_name, unit_name_en, ord, week, pushed, claim_on_time, claim_late, claim_done, claim_waiting, claim_open, claim_overdue, feedback_on_time, feedback_late, feedback_done, feedback_waiting, feedback_open, feedback_overdue',
    { ...missing, ...notModified },
  ),
  '/api/v1/heat/units': data(
    'getUnitWeeks',
    'Indicators by unit and week (or month, or quarter) with numerator and denominator',
    [
      ruleset,
      quarter,
      unit,
      inQuery(
        'indicator',
        { ...text, examples: [...HEAT_INDICATOR_IDS] },
        'Of a rule set without points: id of an item, or ITEM.timely of what was in time. All when left out',
      ),
      inQuery(
        'scale',
        { ...text, enum: [...HEAT_SCALES], default: 'week' },
        '`week` is the first day of each; by month about a year up to the period, by quarter about two',
      ),
    ],
    'unit, unit_name, unit_name_en, ord, indicator, week, numerator, denominator',
    { 404: problem('No such quarter or indicator'), ...notModified },
  ),
  '/api/v1/heat/areas': data(
    'getAreaIndustries',
    'Events by area and industry section (GB/T 4754-2017) with what they are set against',
    [
      ruleset,
      quarter,
      inQuery('measure', { ...text, enum: [...areaMeasures], default: 'registrations' }, 'What to count'),
    ],
    'area, industry, events, base',
    { ...missing, ...notModified },
  ),
  '/api/v1/heat/months': data(
    'getAreaMonths',
    'Months of one area and industry section over all quarters',
    [ruleset, inQuery('area', text, 'Area code, empty for unknown'), inQuery('industry', text, 'Section letter')],
    'month, measure, events',
    { ...missing, ...notModified },
  ),
  '/api/v1/stream/minutes': data(
    'getStreamMinutes',
    'Arrivals by event type, by minute or quarter of an hour',
    [
      inQuery('range', { ...text, enum: ['1h', '24h'], default: '1h' }, 'How far back'),
      inQuery('at', { type: 'integer' }, 'End of the period, milliseconds since 1970; now when left out'),
    ],
    'at, type, events',
    {},
  ),
};
