/** JSON Schemas of what the API answers (contract §3 and §5). */
const nullable = (type: string) => ({ type: [type, 'null'] });
const strings = { type: 'array', items: { type: 'string' } };
const quarter = {
  type: 'string',
  pattern: '^\\d{4}(Q[1-4]|-(0[1-9]|1[0-2]))?$',
  examples: ['2025Q2'],
  description: 'A quarter; of a rule set that scores them also a month (2025-04) or a year (2025)',
};

const fraction = { type: 'string', pattern: '^-?\\d+(/\\d+)?$', description: 'The same, exactly: a reduced fraction' };

const itemScore = {
  type: 'object',
  required: ['item', 'weight', 'points', 'numerator', 'denominator', 'on_time', 'badges'],
  properties: {
    item: { type: 'string', examples: ['claim'] },
    weight: {
      type: ['number', 'null'],
      description: 'Attainable points after reallocation; null in a rule set of rates',
    },
    weight_exact: fraction,
    points: nullable('number'),
    points_exact: fraction,
    numerator: nullable('number'),
    denominator: nullable('number'),
    on_time: nullable('number'),
    rank: { type: ['integer', 'null'], minimum: 1, description: 'Place by the rate, in a rule set of rates only' },
    badges: strings,
  },
};

/** What worker and scheduler tell of themselves. */
const partState = {
  warehouse: { type: 'string', description: '“answers”, or that it does not and what that means' },
  group: { enum: ['joined', 'joining'], description: 'Of a worker: whether it has joined its consumer group' },
  lag: { type: 'integer', minimum: 0, description: 'Of a worker: records of its partitions that are not stored' },
};

const lostPoint = {
  type: 'object',
  required: ['kind', 'key', 'subject', 'event', 'due', 'happened', 'clause', 'points'],
  properties: {
    kind: { type: 'string', examples: ['unclaimed'] },
    key: { type: 'string' },
    subject: nullable('string'),
    event: {
      type: ['object', 'null'],
      required: ['source', 'id'],
      properties: { source: { type: 'string' }, id: { type: 'string' } },
    },
    due: { type: ['string', 'null'], format: 'date' },
    happened: nullable('string'),
    clause: { type: 'string' },
    points: {
      type: ['number', 'null'],
      description: 'Points that this row cost; they sum to weight − points of the item. Null in a rule set of rates',
    },
  },
};

export const schemas = {
  Problem: {
    description: 'RFC 9457 problem details',
    type: 'object',
    required: ['type', 'title', 'status', 'detail'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
    },
  },
  Scores: {
    type: 'object',
    required: ['quarter', 'ruleset', 'status', 'as_of', 'cutoff', 'units'],
    properties: {
      quarter,
      ruleset: {
        type: 'object',
        required: ['id', 'version'],
        properties: { id: { type: 'string' }, version: { type: 'string' } },
      },
      status: { enum: ['draft', 'published', 'corrected'] },
      as_of: { type: 'string' },
      cutoff: nullable('string'),
      tables: {
        description: 'Groups of items that the rule set shows as tables of their own',
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'name', 'name_en', 'clause', 'items'],
          properties: {
            id: { type: 'string' },
            name: { type: 'string' },
            name_en: { type: 'string' },
            clause: { type: 'string' },
            items: strings,
          },
        },
      },
      units: {
        description:
          'In rank order (of rates: in that of the rule set); of units outside the caller’s scope only rank and total, with no items',
        type: 'array',
        items: {
          type: 'object',
          required: ['unit', 'name', 'name_en', 'rank', 'total', 'items'],
          properties: {
            unit: { type: 'string' },
            name: { type: 'string' },
            name_en: { type: 'string' },
            rank: { type: ['integer', 'null'], minimum: 1, description: 'Null in a rule set of rates, like total' },
            total: nullable('number'),
            total_exact: fraction,
            items: { type: 'array', items: { $ref: '#/components/schemas/ItemScore' } },
          },
        },
      },
    },
  },
  ItemScore: itemScore,
  Explanation: {
    type: 'object',
    required: ['quarter', 'unit', 'item', 'name', 'weight', 'points', 'rule', 'clause', 'formula', 'lost'],
    properties: {
      ...itemScore.properties,
      quarter,
      unit: { type: 'string' },
      name: { type: 'string', description: 'Name of the item in the rule set' },
      name_en: { type: 'string' },
      rule: { type: 'string', description: 'The literal rule, quoted' },
      clause: { type: 'string' },
      formula: { type: 'string', examples: ['8·46/50 + 2·40/46'] },
      lost: { type: 'array', items: lostPoint },
    },
  },
  Health: {
    type: 'object',
    required: ['status'],
    properties: {
      status: { type: 'string', enum: ['ok', 'live', 'ready'] },
      engine: { type: 'string', description: 'The warehouse and its version, of the dashboard' },
      ...partState,
    },
  },
  PartState: {
    description: 'A worker or the scheduler that is not ready',
    type: 'object',
    required: ['status', 'warehouse'],
    additionalProperties: false,
    properties: { status: { const: 'unavailable' }, ...partState },
  },
};
