import { type Ineligibility, ineligibility, recusalKey } from './ineligibility.ts';
import type { Inspector, Recusal, Visit } from './inspector.ts';

export type SlotRole = 'lead' | 'expert' | 'member';

/** One place in the team of a visit. */
export interface Slot {
  visit: number;
  role: SlotRole;
  /** Indices of the inspectors who can take it. */
  accepts: number[];
}

/** Who cannot go to a visit, and why. */
export type Exclusions = Map<number, Ineligibility>;

/** The places of all visits, visit by visit: a lead, an expert where one is asked for, members. */
export function slotsOf(
  visits: readonly Visit[],
  inspectors: readonly Inspector[],
  recusals: readonly Recusal[],
  day: string,
): { slots: Slot[]; exclusions: Exclusions[] } {
  const recused = new Map(recusals.map(({ subject, inspector, ground }) => [recusalKey(subject, inspector), ground]));
  const exclusions = visits.map((visit): Exclusions => {
    const reasons = inspectors.map((inspector) => ineligibility(inspector, visit, day, recused));
    return new Map(reasons.flatMap((reason, index) => (reason ? [[index, reason] as const] : [])));
  });
  const slots = visits.flatMap((visit, index) => {
    const eligible = [...inspectors.keys()].filter((inspector) => !exclusions[index]!.has(inspector));
    return rolesOf(visit).map(
      (role): Slot => ({
        visit: index,
        role,
        accepts: eligible.filter((inspector) => fits(inspectors[inspector]!, role)),
      }),
    );
  });
  return { slots, exclusions };
}

function rolesOf({ team, expert }: Visit): SlotRole[] {
  const special: SlotRole[] = expert ? ['lead', 'expert'] : ['lead'];
  return [...special, ...Array.from({ length: team - special.length }, (): SlotRole => 'member')];
}

export function fits(inspector: Inspector, role: SlotRole): boolean {
  return role === 'lead' ? inspector.lead : role === 'expert' ? inspector.expert : true;
}
