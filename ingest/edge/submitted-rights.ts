import { GRANTS, type WriteRights } from '@hengjian/contract/write-rights.ts';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

const Names = Type.Union([Type.Literal('all'), Type.Array(Type.String({ maxLength: 1024 }))]);
const Rights = Compile(
  Type.Object({
    by: Type.String({ minLength: 1, maxLength: 4096 }),
    sources: Names,
    units: Names,
    may: Type.Array(Type.Union(GRANTS.map((grant) => Type.Literal(grant)))),
  }),
);

/** The rights that a command of this machine asks for, as JSON; undefined if they are none. */
export function submittedRights(text: string): WriteRights | undefined {
  try {
    const rights: unknown = JSON.parse(text);
    return Rights.Check(rights) ? (rights as WriteRights) : undefined;
  } catch {
    return undefined;
  }
}
