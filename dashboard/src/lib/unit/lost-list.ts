import type { LostPoint } from '@hengjian/models/queries/read-explanation.ts';
import type { KindSum } from '@hengjian/models/queries/read-unit-explanations.ts';

/** Rows and points of each cause, the costliest first. */
export function sumByKind(lost: readonly LostPoint[]): KindSum[] {
  const sums = new Map<string, KindSum>();
  for (const { kind, points } of lost) {
    const sum = sums.get(kind) ?? { kind, rows: 0, points: null };
    sums.set(kind, { kind, rows: sum.rows + 1, points: points === null ? null : (sum.points ?? 0) + points });
  }
  return [...sums.values()].sort((a, b) => (b.points ?? 0) - (a.points ?? 0) || a.kind.localeCompare(b.kind));
}

/** The costliest rows first, else in the order given. */
export function costliestFirst(lost: readonly LostPoint[]): LostPoint[] {
  return lost.toSorted((a, b) => (b.points ?? 0) - (a.points ?? 0));
}

export interface LostPage {
  rows: LostPoint[];
  /** Counted from 1. */
  page: number;
  pages: number;
  from: number;
  to: number;
  total: number;
}

export const rowsPerPage = 100;

/** Rows whose key, subject or its name holds what is searched for, whatever the case. @param names of subjects by code */
export function searchLost(lost: readonly LostPoint[], q: string, names: ReadonlyMap<string, string>): LostPoint[] {
  const wanted = q.trim().toLowerCase();
  if (wanted === '') return [...lost];
  return lost.filter(({ key, subject }) =>
    [key, subject ?? '', names.get((subject ?? '').toUpperCase()) ?? ''].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
}

/** A page of the list, of one cause if `kind` is given; page numbers outside the list are brought back into it. */
export function lostPage(lost: readonly LostPoint[], kind: string | null, asked: number): LostPage {
  const matching = kind ? lost.filter((row) => row.kind === kind) : lost;
  const pages = Math.max(1, Math.ceil(matching.length / rowsPerPage));
  const page = Math.min(Math.max(1, Number.isInteger(asked) ? asked : 1), pages);
  const start = (page - 1) * rowsPerPage;
  const rows = matching.slice(start, start + rowsPerPage);
  return { rows, page, pages, from: rows.length ? start + 1 : 0, to: start + rows.length, total: matching.length };
}
