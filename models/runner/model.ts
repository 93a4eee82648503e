/** A model: a SQL file whose header says what it is. dbt's words, ClickHouse's SQL, no templating language. */
import { type Static, Type } from 'typebox';
import { ParameterSchema } from '../ruleset/parameters.ts';

/**
 * - `incremental`: one partition a quarter; only quarters that new events touch are built again.
 * - `table`: built whole at each refresh that found new events.
 * - `ephemeral`: never stored; put into the models that `ref()` it.
 * - `measure`: ephemeral too; what a rule set counts. Those it uses make the ledger, `ref('measures')`.
 * - `view`: a view over what is stored.
 */
export const MODEL_KINDS = ['incremental', 'table', 'ephemeral', 'measure', 'view'] as const;

const Columns = Type.Array(Type.String(), { minItems: 1 });

export const TestSchema = Type.Union([
  Type.Object({ not_null: Columns }, { additionalProperties: false }),
  Type.Object({ unique: Columns }, { additionalProperties: false }),
  Type.Object(
    {
      accepted_values: Type.Object(
        { column: Type.String(), values: Type.Array(Type.Union([Type.String(), Type.Number()]), { minItems: 1 }) },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      relationships: Type.Object(
        { column: Type.String(), to: Type.String(), field: Type.String() },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  /** A query that returns bad rows; `this` stands for the model. */
  Type.Object({ custom: Type.String(), name: Type.String() }, { additionalProperties: false }),
]);
export type ModelTest = Static<typeof TestSchema>;

export const HeaderSchema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9_]{0,60}$' }),
    kind: Type.Union(MODEL_KINDS.map((kind) => Type.Literal(kind))),
    grain: Type.String({ minLength: 1 }),
    unique_key: Type.Optional(Columns),
    order_by: Type.Optional(Columns),
    owner: Type.String({ minLength: 1 }),
    description: Type.String({ minLength: 1 }),
    columns: Type.Record(Type.String(), Type.String()),
    tests: Type.Optional(Type.Array(TestSchema)),
    /** Of a measure: the parameters it declares; `ITEM.x` is the `x` of each item that uses it. */
    parameters: Type.Optional(Type.Record(Type.String(), ParameterSchema)),
    /** Of a measure: lists that a rule set must say, since without them it counts nothing. */
    needs: Type.Optional(Type.Array(Type.String())),
    /** Of a measure: duties its SQL asks for by name. */
    duties: Type.Optional(Type.Array(Type.String())),
    /** Of a measure: what a lost row can be called; the first where it is missed, the second where it is late. */
    lost: Type.Optional(Type.Array(Type.String())),
    /** Of a measure: whether its rows have a deadline; a parameter's name: where that is set. */
    timed: Type.Optional(Type.Union([Type.Boolean(), Type.String()])),
    /** Of a measure: event types that make a quarter worth scoring without being asked for. */
    work: Type.Optional(Type.Array(Type.String())),
    /** Of a measure: deadlines that refuse a quarter if they begin before the first known holiday notice. */
    starts: Type.Optional(
      Type.Array(
        Type.Object(
          { type: Type.String(), day: Type.String(), workdays: Type.String() },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);
export type ModelHeader = Static<typeof HeaderSchema>;

export interface Reference {
  name: string;
  line: number;
}

export interface Model extends Omit<ModelHeader, 'kind'> {
  kind: (typeof MODEL_KINDS)[number];
  /** Path from the room's folder, for messages and docs. */
  file: string;
  layer: string;
  sql: string;
  refs: readonly Reference[];
  sources: readonly Reference[];
  vars: readonly Reference[];
}

/** Never stored: put into the models that read it. */
export function isInlined({ kind }: Pick<Model, 'kind'>): boolean {
  return kind === 'ephemeral' || kind === 'measure';
}

/** A mistake in a model file: message with file and line. */
export class ModelError extends Error {}
