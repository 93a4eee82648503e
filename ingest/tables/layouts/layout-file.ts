/** The shape of a layout file. */
import { type Static, Type } from 'typebox';

const Name = Type.String({ pattern: '^[a-z][a-z0-9_]{0,31}$' });
const Words = Type.Array(Type.String({ minLength: 1 }));
const Names = Type.Array(Name);

export const LayoutFileSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
    title: Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }),
    /** Of several layouts whose mandatory columns are all there, the one with the lowest number counts. */
    order: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
    /** Only extended by others. */
    abstract: Type.Optional(Type.Boolean()),
    /** Whatever is not said here is as in that layout. */
    extends: Type.Optional(Type.String()),
    rows: Type.Optional(Type.String()),
    family: Type.Optional(Type.Union([Type.Literal('abnormal'), Type.Literal('blacklist')])),
    columns: Type.Optional(
      Type.Record(
        Name,
        Type.Array(
          Type.Union([
            Type.String({ minLength: 1 }),
            Type.Object({ contains: Type.String({ minLength: 1 }), without: Words }, { additionalProperties: false }),
          ]),
          { minItems: 1 },
        ),
      ),
    ),
    /** Of several columns of a table that have a name, the one under the first of these spellings counts; of equal ones the leftmost. */
    preferred: Type.Optional(Type.Record(Name, Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }))),
    required: Type.Optional(Names),
    one_of: Type.Optional(Names),
    lines: Type.Optional(Names),
    recognised_by: Type.Optional(Type.Object({ header: Words, above: Words }, { additionalProperties: false })),
    organs: Type.Optional(Names),
    codes: Type.Optional(Names),
    days: Type.Optional(Names),
    numbers: Type.Optional(Names),
    keep: Type.Optional(Names),
    /** Column → header of the empty table for people to fill in. */
    template: Type.Optional(Type.Record(Name, Type.String({ minLength: 1 }))),
    units: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Literal('元'), Type.Literal('万元')]))),
    values: Type.Optional(Type.Record(Name, Type.Record(Type.String(), Type.String()))),
  },
  { additionalProperties: false },
);

export type LayoutFile = Static<typeof LayoutFileSchema>;
