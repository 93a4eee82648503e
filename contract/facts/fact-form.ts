/** Which members of `data` are facts: those whose schema says what form they have. Members without a form are documentation. */
import type { TSchema } from 'typebox';

export type FactForm =
  | { kind: 'text' | 'number' | 'boolean' }
  | { kind: 'list'; item: FactForm }
  | { kind: 'object'; members: readonly FactMember[] };

export interface FactMember {
  name: string;
  form: FactForm;
  /** A value of another form counts as absent; undefined where the check refuses the event instead. */
  readAs: TSchema | undefined;
}

interface Schema {
  type?: string;
  enum?: readonly unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  readAs?: Schema;
}

/** The facts that a schema of `data` declares, in its order. */
export function factMembers(schema: TSchema): readonly FactMember[] {
  return membersOf(schema as Schema);
}

function membersOf({ properties = {} }: Schema): FactMember[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const form = formOf(property.readAs ?? property);
    return form ? [{ name, form, readAs: property.readAs as TSchema | undefined }] : [];
  });
}

function formOf(schema: Schema): FactForm | undefined {
  if (schema.enum) return { kind: 'text' };
  switch (schema.type) {
    case 'string':
      return { kind: 'text' };
    case 'integer':
    case 'number':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array': {
      const item = schema.items && formOf(schema.items);
      return item && { kind: 'list', item };
    }
    case 'object':
      return { kind: 'object', members: membersOf(schema) };
    default:
      return undefined;
  }
}
