/** A schema of `data` as the fast path can follow it byte by byte; members that it cannot judge send it back. */

import { DAY_COLUMN, TEXT_COLUMNS } from '@hengjian/contract/facts/fact-columns.ts';
import { factMembers } from '@hengjian/contract/facts/fact-form.ts';
import type { TSchema } from 'typebox';
import { KnownText } from './known-text.ts';

/** How one value is judged. `any`: a scalar of whatever type, or a list of such. `letter`: a section of GB/T 4754. */
export type ValuePlan =
  | { kind: 'text'; minimum: number; maximum: number }
  | { kind: 'written' | 'day' | 'uscc' | 'unit' | 'letter' | 'boolean' | 'scalar' | 'any' }
  | { kind: 'number'; minimum: number; maximum: number; integer: boolean }
  | { kind: 'enum'; values: readonly Uint8Array[] }
  | { kind: 'list'; item: ValuePlan };

export interface MemberPlan {
  name: Uint8Array;
  /** Name, quoted, and colon, as nearly everybody writes them. */
  key: KnownText;
  value: ValuePlan;
  /** A text that is none of an enumeration is no fault: it counts as absent. */
  lenient: boolean;
  /** Name, quoted, and colon, as the facts have it; undefined where the member is no fact. */
  fact: Uint8Array | undefined;
  /** Bytes that the member takes in the facts beside its value: its name, and the comma or brace before it. */
  overhead: number;
}

export const DAY_PLACE: number = TEXT_COLUMNS.length;

export interface DataPlan {
  /** At most 30: their indices are bits. */
  members: readonly MemberPlan[];
  /** Bits of the members that must be there. */
  required: number;
  /** Bits of the members that are facts. */
  facts: number;
  /** Members with a column of their own: an index of TEXT_COLUMNS, or DAY_PLACE. */
  columns: readonly { member: number; column: number }[];
}

export const NO_PLAN: DataPlan = { members: [], required: 0, facts: 0, columns: [] };

interface Schema {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  required?: readonly string[];
  properties?: Record<string, Schema>;
  anyOf?: unknown;
  readAs?: Schema;
}

/** @returns undefined if the schema holds something that only the schema itself can judge */
export function dataPlan(schema: TSchema): DataPlan | undefined {
  const { properties = {}, required = [] } = schema as Schema;
  const facts = new Map(factMembers(schema).map((member) => [member.name, member]));
  const members: MemberPlan[] = [];
  const columns: { member: number; column: number }[] = [];
  let requiredBits = 0;
  let factBits = 0;
  for (const [name, property] of Object.entries(properties)) {
    // A value that is read only in a form is followed in that form; any other is the schema's business.
    const value = valuePlan(property.readAs ?? property);
    if (!value || members.length === 30) return undefined;
    const bit = 1 << members.length;
    if (required.includes(name)) requiredBits |= bit;
    const fact = facts.get(name);
    if (fact) factBits |= bit;
    const column = fact?.form.kind === 'text' ? columnOf(name) : -1;
    if (column >= 0) columns.push({ member: members.length, column });
    const key = Buffer.from(`${JSON.stringify(name)}:`);
    members.push({
      name: Buffer.from(name),
      key: new KnownText(key),
      value,
      lenient: property.readAs?.enum !== undefined,
      fact: fact && key,
      overhead: fact ? key.length + 1 : 1,
    });
  }
  return { members, required: requiredBits, facts: factBits, columns };
}

function columnOf(name: string): number {
  return name === DAY_COLUMN ? DAY_PLACE : TEXT_COLUMNS.indexOf(name as (typeof TEXT_COLUMNS)[number]);
}

const FORMATS = new Set(['written', 'day', 'uscc', 'unit']);

function valuePlan(schema: Schema): ValuePlan | undefined {
  if (schema.enum) return { kind: 'enum', values: schema.enum.map((value) => Buffer.from(String(value))) };
  switch (schema.type) {
    case 'string':
      if (schema.format === undefined)
        return { kind: 'text', minimum: schema.minLength ?? 0, maximum: schema.maxLength ?? Number.MAX_SAFE_INTEGER };
      if (schema.format === 'industry') return { kind: 'letter' };
      // Quarters are rare: the schema judges them.
      return FORMATS.has(schema.format) ? { kind: schema.format as 'day' } : undefined;
    case 'boolean':
      return { kind: 'boolean' };
    case 'integer':
    case 'number':
      return {
        kind: 'number',
        minimum: schema.minimum ?? Number.NEGATIVE_INFINITY,
        maximum: schema.maximum ?? Number.POSITIVE_INFINITY,
        integer: schema.type === 'integer',
      };
    case 'array': {
      const item = schema.items && valuePlan(schema.items);
      return item && item.kind !== 'list' && item.kind !== 'number' ? { kind: 'list', item } : undefined;
    }
    case undefined:
      if (schema.anyOf) return undefined;
      return { kind: 'any' };
    default:
      return undefined;
  }
}
