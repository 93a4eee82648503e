/** The vocabulary in which event families are written. */
import { type TSchema, Type } from 'typebox';
import type { Thing } from '../owners.ts';
import type { RuleLimits } from '../rule-limits.ts';
import type { Grant } from '../write-rights.ts';
import type { FormatName } from './formats.ts';
import './formats.ts';

export interface Problem {
  reason: 'mark_item' | 'mark_points' | 'days_reversed' | 'codes_exclusive';
  detail: string;
}

/** Who does an event (contract §7): whose right it takes to write it. */
export type Actor = 'unit' | Grant;

export interface EventType {
  type: string;
  title: { zh: string; en: string };
  /** Documents that name the event. */
  seeds: string;
  /** `required`: a USCC; `optional`: a USCC if given; `free`: any text. */
  subject: 'required' | 'optional' | 'free';
  actor: Actor;
  /** Member of `data` that names the unit which acts: the one of the envelope. */
  actingUnit?: string;
  /** Member of `data` that names the unit, or the units, whose figures the event is about, whoever sends it. */
  concerns?: string;
  /** Whom it is about where that member names nobody: everybody, unless said otherwise. */
  unnamed?: 'nobody';
  /** What is stored already and this event speaks of, so that only whose it is may send it. */
  upon?: Thing;
  /** Sent ahead of what it speaks of (a thing, or a push) it would count against others once that comes. */
  after?: true;
  /** Member of `data` that names a source: of the writer’s own source the act is everybody’s. */
  ownSource?: string;
  /** Fixed by the contract, or named by the documents with suggested members only. */
  fixed: boolean;
  data: TSchema;
  /** Rules between members, called with data that fits the schema; of the rule sets only where their limits are known. */
  check?: (data: Record<string, never>, limits?: RuleLimits) => Problem | undefined;
  /** As much of `check` as JSON Schema can say, for the published documents. */
  stated?: Record<string, unknown>;
}

export interface EventFamily {
  family: string;
  title: { zh: string; en: string };
  types: readonly EventType[];
}

const formatted = (format: FormatName, description: string) => Type.String({ format, description });

export const Text = (description: string) => Type.String({ minLength: 1, maxLength: 4096, description });
export const Written = (description: string) => formatted('written', description);
export const Id = (description: string) => Type.String({ minLength: 1, maxLength: 128, description });
export const Day = (description: string) => formatted('day', description);
export const Quarter = (description: string) => formatted('quarter', description);
/** A quarter; of a rule set that keeps them also a month or a year. */
export const Period = (description: string) => formatted('period', description);
export const Uscc = (description: string) => formatted('uscc', description);
export const Unit = (description: string) => formatted('unit', description);
export const Industry = (description: string) => formatted('industry', description);
export const Year = (description: string) => Type.Integer({ minimum: 2000, maximum: 2100, description });
export const Count = (description: string) => Type.Integer({ minimum: 0, maximum: 1e9, description });
export const Amount = (description: string) => Type.Number({ minimum: 0, maximum: 1e15, description });
export const Flag = (description: string) => Type.Boolean({ description });
export const OneOf = (values: readonly string[], description: string) => Type.Enum([...values], { description });
export const List = (item: TSchema, description: string) => Type.Array(item, { description });
export const Optional = Type.Optional;
/** Any text, the empty one too. */
export const AnyText = (description: string) => Type.String({ description });
/** A whole number from 0 that every engine holds exactly. */
export const Whole = (description: string) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description });

/**
 * A member that is read where it has this form; of any other form it is absent, and no event is refused for it. What is
 * accepted is anything, what is read stands in the keyword `readAs`.
 */
export const Lenient = (form: TSchema): TSchema =>
  Type.Optional(Type.Unknown({ description: (form as { description?: string }).description ?? '', readAs: form }));

/** Members that make an event with free members a record (rulesets.md §2, §5). */
export const recordMembers = {
  decided_on: Lenient(Day('day the information was produced')),
  doc_no: Lenient(AnyText('number of the document')),
  case_id: Lenient(AnyText('case, where there is no document')),
  publish: Lenient(Flag('false: not to be published')),
};

type Members = Record<string, TSchema>;
type Doing = Partial<Pick<EventType, 'actor' | 'actingUnit' | 'concerns' | 'unnamed' | 'upon' | 'after' | 'ownSource'>>;
type Rest = Partial<Pick<EventType, 'subject' | 'check' | 'stated'>> & Doing;

/** A type whose `data` the contract fixes. Unknown members are kept. */
export const fixed = (
  type: string,
  zh: string,
  en: string,
  seeds: string,
  members: Members,
  { subject = 'free', check, stated, actor = 'unit', ...doing }: Rest = {},
): EventType => ({
  type,
  title: { zh, en },
  seeds,
  subject,
  actor,
  ...doing,
  fixed: true,
  data: Type.Object(members),
  ...(check ? { check } : {}),
  ...(stated ? { stated } : {}),
});

/**
 * A type that the documents name (domain §3): its suggested members are documented and never demanded; those that a rule
 * set reads are lenient.
 */
export const named = (
  type: string,
  zh: string,
  en: string,
  seeds: string,
  suggested: Record<string, string | TSchema>,
  subject: EventType['subject'] = 'free',
  { actor = 'unit', ...doing }: Doing = {},
): EventType => ({
  type,
  title: { zh, en },
  seeds,
  subject,
  actor,
  ...doing,
  fixed: false,
  data: Type.Object(
    Object.fromEntries(
      Object.entries(suggested).map(([name, member]) => [
        name,
        typeof member === 'string' ? Type.Optional(Type.Unknown({ description: member })) : member,
      ]),
    ),
  ),
});
