import { DrawError } from '../draw/draw-error.ts';
import type { AssignmentInput, Team } from './assign-inspectors.ts';
import { pairKey } from './assignment-key.ts';
import type { Adjustment } from './assignment-record.ts';
import { describeViolation } from './describe-violation.ts';
import { slotsOf } from './slot.ts';

/**
 * A recusal found after the draw: only that slot is drawn again, among those who can take it, the least loaded first, then by
 * key (sampling.md §5). All other slots stay.
 *
 * @param input its recusals hold those of earlier adjustments too
 * @throws DrawError if the inspector is not in the team, or nobody can take the place
 */
export function replaceInspector(
  teams: readonly Team[],
  input: AssignmentInput,
  { subject, from, ground, barred = [], reason, approver }: Omit<Adjustment, 'to'>,
): { teams: Team[]; adjustment: Adjustment } {
  const team = teams.find((candidate) => candidate.subject === subject);
  const place = team?.inspectors.findIndex(({ id }) => id === from) ?? -1;
  if (!team || place < 0)
    throw new DrawError(`Inspector ${from} is not in a team for ${subject}; the record’s teams name who is.`, {
      reason: 'not_in_team',
      values: { inspector: from, subject },
    });
  const visit = input.visits.find((candidate) => candidate.subject === subject)!;
  const recusals = [
    ...barred.map((inspector) => ({ subject, inspector, ground: 'after_draw' as const })),
    ...input.recusals,
    { subject, inspector: from, ground },
  ];
  const { slots, exclusions } = slotsOf([visit], input.inspectors, recusals, input.day);
  const slot = slots[place]!;
  const loads = loadsOf(teams, input);
  const held = new Set(team.inspectors.map(({ id }) => id));
  const free = slot.accepts
    .map((index) => input.inspectors[index]!)
    .filter(({ id, maxLoad }) => !held.has(id) && loads.get(id)! < maxLoad)
    .map(({ id }) => ({ id, key: pairKey(input.seed, subject, id) }))
    .sort((a, b) => loads.get(a.id)! - loads.get(b.id)! || (a.key < b.key ? -1 : 1));
  const next = free[0];
  if (!next)
    throw new DrawError(
      `Nobody can take the place of ${from}: ${describeViolation([place], { slots, exclusions, visits: [visit], inspectors: input.inspectors })}`,
      { reason: 'nobody_left', values: { inspector: from, subject } },
    );
  const inspectors = team.inspectors.with(place, { ...next, role: slot.role });
  return {
    teams: teams.map((other) => (other === team ? { subject, inspectors } : other)),
    adjustment: { subject, from, to: next.id, ground, ...(barred.length > 0 ? { barred } : {}), reason, approver },
  };
}

/** Load of every inspector with the visits of these teams. */
export function loadsOf(
  teams: readonly Team[],
  { inspectors }: Pick<AssignmentInput, 'inspectors'>,
): Map<string, number> {
  const loads = new Map(inspectors.map(({ id, load }) => [id, load]));
  for (const team of teams) for (const { id } of team.inspectors) loads.set(id, loads.get(id)! + 1);
  return loads;
}
