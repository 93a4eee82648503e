/** Whose the things are that an event acts upon: what the event itself does not say, and a limited key could misuse. */

/** What has to be known of others before an event can be authorized. */
export interface ActedUpon {
  push?: string;
  event?: { source: string; id: string };
}

/** What the stored events say, looked up before. */
export interface Owners {
  /** Units that have the push (pushed to, or handed on to), and the sources that pushed it; undefined: there is none so far. */
  push(id: string): { units: readonly string[]; sources: readonly string[] } | undefined;
  /** The unit of a stored event; undefined: there is none so far. */
  event(source: string, id: string): { unit: string } | undefined;
}
