/**
 * By what rows of a model can be told apart, so that new events touch few of them: a model says in its header which of these its rows go
 * by. Keys are compared as hashes on both sides: of two equal ones both are computed again.
 */
export const KEY_DOMAINS = ['push', 'subject', 'unit_day'] as const;
export type KeyDomain = (typeof KEY_DOMAINS)[number];

interface EventKey {
  /** The text whose hash is the key of an event, over the columns of source('events'). */
  text: string;
  /** An event for which this does not hold has no key. */
  when: string;
  /** Types of which an event without a key touches no row; one of another type ends the narrowing. */
  mayLack: readonly string[];
}

export const EVENT_KEYS: Record<KeyDomain, EventKey> = {
  push: { text: 'push_id', when: "push_id != ''", mayLack: ['licence.entered'] },
  subject: { text: 'upper(subject)', when: '1', mayLack: [] },
  unit_day: { text: "concat(toString(department), ' ', toString(toDate32(time)))", when: '1', mayLack: [] },
};

/** @param text an expression */
export const keyOf = (text: string): string => `cityHash64(${text})`;
