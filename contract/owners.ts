/** Whose the things are that an event acts upon: what the event itself does not say, and a limited key could misuse. */
import type { AuthorizedFields } from './authorize.ts';

/** Stored things that events speak of by an id, with the member of `data` that holds it. */
export const THINGS = {
  /** An inspection task: of who leads and who takes part. */
  task: 'task_id',
  /** A case of joint punishment: of who began it. */
  case: 'case_id',
  /** An objection to a record: of who took it in, and whom it was forwarded to. */
  objection: 'objection_id',
  /** Its answer: of whom it was forwarded to, else of who took it in. */
  answer: 'objection_id',
  /** An alert of risk: of who raised it, and whom it was given to. */
  alert: 'alert_id',
  /** An objection to a score: of the unit that objects. */
  score_objection: 'objection_id',
  /** A record: of who entered it, or lists it. */
  record: 'record_id',
} as const;
export type Thing = keyof typeof THINGS;

/** What has to be known of others before an event can be authorized. */
export interface ActedUpon {
  push?: string;
  event?: { source: string; id: string };
  thing?: { kind: Thing; id: string };
}

/** What the stored events say, looked up before, and those that were let in since. */
export interface Owners {
  /** Units that have the push (pushed to, or handed on to), and the sources that pushed it; undefined: there is none so far. */
  push(id: string): { units: readonly string[]; sources: readonly string[] } | undefined;
  /** Unit and type of a stored event; undefined: there is none so far. */
  event(source: string, id: string): { unit: string; type: string } | undefined;
  /** Units whose it is; undefined: there is none so far. */
  thing(kind: Thing, id: string): readonly string[] | undefined;
  /** Takes note of an event that was let in: what it began is there from now on. */
  admitted?(event: AuthorizedFields): void;
}
