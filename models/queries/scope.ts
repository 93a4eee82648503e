/** Roles of contract §4. */
export type Role = 'office' | 'leader' | 'unit' | 'inspector' | 'auditor' | 'admin';

/** Who asks, and how far that person may see. Every named query takes one; lists narrow, `'all'` does not. */
export interface Scope {
  account: string;
  roles: Role[];
  units: string[] | 'all';
  areas: string[] | 'all';
}
