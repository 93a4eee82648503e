/** Acts beyond a unit's own that somebody may be allowed to write (contract §7, “Who does an event”). */
export const GRANTS = ['registry', 'office', 'product'] as const;
export type Grant = (typeof GRANTS)[number];

/** What the events of a submission may do. */
export interface WriteRights {
  /** Who writes, as its origin says it: the name of a key, the path of a file, an account, a job of the product. */
  by: string;
  /** The only sources whose events may come. */
  sources: readonly string[] | 'all';
  /** The only units whose events may come. */
  units: readonly string[] | 'all';
  may: readonly Grant[];
  /** It comes from another system by its key: under none of the product’s own sources, unless the key names that one. */
  outside?: true;
}

/** Sources of the product itself begin so: its forms, draws, objections, reminders, publications. */
export const PRODUCT_SOURCES = '/hengjian/';

/** Of an unrestricted key, and of a producer of the event log: everything but the acts of the product itself. */
export const unrestrictedRights = (by: string): WriteRights => ({
  by,
  sources: 'all',
  units: 'all',
  may: ['registry', 'office'],
});

/** Of the product itself, and of the person at the command line, who holds the data directory. */
export const fullRights = (by: string): WriteRights => ({ by, sources: 'all', units: 'all', may: GRANTS });
