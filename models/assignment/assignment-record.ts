import { bytewise } from '../draw/frame-layout.ts';
import { sha256 } from '../draw/sha256.ts';
import type { Team } from './assign-inspectors.ts';
import type { RecusalGround } from './inspector.ts';

/** The record of drawn teams: run again from the same files and seed, it comes out the same. */
export interface AssignmentRecord {
  spec: 'inspector-teams-v1';
  seed: string;
  /** Day of the visits, on which certificates must be valid. */
  day: string;
  /** SHA-256 of the files' bytes, so that nobody adds an inspector after the draw. */
  visits: { rows: number; sha256: string };
  inspectors: { rows: number; sha256: string };
  recusals: { rows: number; sha256: string } | null;
  teams: Team[];
  loads: { id: string; before: number; assigned: number }[];
  /** After the draw, in order; what was drawn first stays visible. */
  adjustments: Adjustment[];
  /** Of `subject TAB role TAB inspector LF`, sorted bytewise, as the teams stand now. */
  result_hash: string;
}

export interface Adjustment {
  subject: string;
  from: string;
  to: string;
  ground: RecusalGround;
  /** Who could not take the place either, though the lists of the draw did not know it yet. */
  barred?: string[] | undefined;
  reason: string;
  approver: string;
}

export function teamsHash(teams: readonly Team[]): string {
  const lines = teams.flatMap(({ subject, inspectors }) =>
    inspectors.map(({ id, role }) => bytewise(`${subject}\t${role}\t${id}\n`)),
  );
  return sha256(Buffer.from(lines.sort().join(''), 'latin1')).toString('hex');
}
