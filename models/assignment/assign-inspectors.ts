import { DrawError } from '../draw/draw-error.ts';
import { pairKey, subjectKey } from './assignment-key.ts';
import { describeViolation, violationValues } from './describe-violation.ts';
import { fillSlots } from './fill-slots.ts';
import type { Inspector, Recusal, Visit } from './inspector.ts';
import { type SlotRole, slotsOf } from './slot.ts';

export interface TeamMember {
  id: string;
  role: SlotRole;
  /** H(seed ‖ 0x02 ‖ subject ‖ 0x1f ‖ inspector) */
  key: string;
}

export interface Team {
  subject: string;
  inspectors: TeamMember[];
}

export interface AssignmentInput {
  visits: readonly Visit[];
  inspectors: readonly Inspector[];
  recusals: readonly Recusal[];
  /** Of the visits, YYYY-MM-DD. */
  day: string;
  seed: Buffer;
}

/**
 * Draws the team of every visit: eligible, evenly loaded, by lot among equals, the same again from the same seed whatever the
 * order of the rows (sampling.md §5, option (a)).
 *
 * @returns teams in the order of the subjects' ids
 * @throws DrawError that names the violating set where not every place can be filled
 */
export function assignInspectors({ visits, inspectors, recusals, day, seed }: AssignmentInput): Team[] {
  const ordered = visits.toSorted(by(({ subject }) => subjectKey(seed, subject)));
  const { slots, exclusions } = slotsOf(ordered, inspectors, recusals, day);
  const keys = ordered.map(({ subject }) => inspectors.map(({ id }) => pairKey(seed, subject, id)));
  const filled = fillSlots({
    slots,
    load: inspectors.map(({ load }) => load),
    maxLoad: inspectors.map(({ maxLoad }) => maxLoad),
    key: (visit, inspector) => keys[visit]![inspector]!,
  });
  if ('violating' in filled)
    throw new DrawError(describeViolation(filled.violating, { slots, exclusions, visits: ordered, inspectors }), {
      reason: 'teams_infeasible',
      values: violationValues(filled.violating, { slots, exclusions, visits: ordered, inspectors }),
    });
  const teams = ordered.map(({ subject }): Team => ({ subject, inspectors: [] }));
  for (const [index, { visit, role }] of slots.entries()) {
    const inspector = filled.inspectors[index]!;
    teams[visit]!.inspectors.push({ id: inspectors[inspector]!.id, role, key: keys[visit]![inspector]! });
  }
  return teams.sort(by(({ subject }) => Buffer.from(subject).toString('latin1')));
}

function by<T>(of: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [of(a), of(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
