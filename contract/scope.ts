/** Roles of contract §4. */
export type Role = 'office' | 'leader' | 'unit' | 'inspector' | 'auditor' | 'admin';

/** Who asks, and how far that person may see. Every named query takes one; lists narrow, `'all'` does not. */
export interface Scope {
  account: string;
  roles: Role[];
  units: string[] | 'all';
  areas: string[] | 'all';
  /** What is read goes into a file that leaves (`forFiles` of natural-persons.ts). */
  withoutPersons?: true;
}

/** Of the product itself, and of the person at the command line, who holds the data directory: nothing is hidden. */
export const EVERYTHING: Scope = { account: 'command line', roles: ['auditor'], units: 'all', areas: 'all' };
