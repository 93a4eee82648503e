/** The vocabulary in which event families are written. */
import { type TSchema, Type } from 'typebox';
import type { FormatName } from './formats.ts';
import './formats.ts';

export interface Problem {
  reason: 'mark_item' | 'mark_points' | 'days_reversed' | 'codes_exclusive';
  detail: string;
}

export interface EventType {
  type: string;
  title: { zh: string; en: string };
  /** Documents that name the event. */
  seeds: string;
  /** `required`: a USCC; `optional`: a USCC if given; `free`: any text. */
  subject: 'required' | 'optional' | 'free';
  /** Fixed by the contract, or named by the documents with suggested members only. */
  fixed: boolean;
  data: TSchema;
  /** Rules between members; called with data that fits the schema. */
  check?: (data: Record<string, never>) => Problem | undefined;
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

type Members = Record<string, TSchema>;
type Rest = Partial<Pick<EventType, 'subject' | 'check' | 'stated'>>;

/** A type whose `data` the contract fixes. Unknown members are kept. */
export const fixed = (
  type: string,
  zh: string,
  en: string,
  seeds: string,
  members: Members,
  { subject = 'free', check, stated }: Rest = {},
): EventType => ({
  type,
  title: { zh, en },
  seeds,
  subject,
  fixed: true,
  data: Type.Object(members),
  ...(check ? { check } : {}),
  ...(stated ? { stated } : {}),
});

/** A type that the documents name (domain §3): its suggested members are documented and never demanded. */
export const named = (
  type: string,
  zh: string,
  en: string,
  seeds: string,
  suggested: Record<string, string>,
  subject: EventType['subject'] = 'free',
): EventType => ({
  type,
  title: { zh, en },
  seeds,
  subject,
  fixed: false,
  data: Type.Object(
    Object.fromEntries(
      Object.entries(suggested).map(([name, description]) => [name, Type.Optional(Type.Unknown({ description }))]),
    ),
  ),
});
