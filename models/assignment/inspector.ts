/** A row of the inspectors' library (domain.md §6.3). */
export interface Inspector {
  id: string;
  /** Number of the enforcement certificate. */
  certificate: string;
  /** Last day of its validity, YYYY-MM-DD. */
  validUntil: string;
  active: boolean;
  /** What the person may check; empty: everything. */
  specialties: string[];
  /** Where the person is sent; empty: everywhere. */
  areas: string[];
  /** Where the person lives or is posted, and recuses for that; '' where it does not matter. */
  homeArea: string;
  lead: boolean;
  expert: boolean;
  /** Visits already assigned this year: who had more gets less. */
  load: number;
  /** Visits at most, those included. */
  maxLoad: number;
}

/** One drawn subject and what its visit needs. */
export interface Visit {
  subject: string;
  area: string;
  specialty: string;
  /** Inspectors; at least two (行政处罚法 42; domain.md §6.3). */
  team: number;
  expert: boolean;
}

/** Declared by the inspector, checked the subject last time, related to it, or found after the draw. */
export const RECUSAL_GROUNDS = ['declared', 'last_time', 'relation', 'after_draw'] as const;
export type RecusalGround = (typeof RECUSAL_GROUNDS)[number];

export interface Recusal {
  subject: string;
  inspector: string;
  ground: RecusalGround;
}
