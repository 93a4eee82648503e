import type { Ineligibility } from './ineligibility.ts';
import type { Inspector, Visit } from './inspector.ts';
import type { Exclusions, Slot } from './slot.ts';

export const WHY_NOT: Record<Ineligibility, string> = {
  inactive: 'not active',
  no_certificate: 'without a certificate',
  certificate_expired: 'certificate expired',
  specialty: 'of another specialty',
  area: 'of another area',
  home_area: 'recused for the home area',
  recused_declared: 'recused by declaration',
  recused_last_time: 'recused as last time’s inspector',
  recused_relation: 'recused for a relation',
  recused_after_draw: 'recused after the draw',
};

/** One sentence: which visits together lack a place, who can go there, why the others cannot, and what to do. */
export function describeViolation(
  violating: readonly number[],
  context: {
    slots: readonly Slot[];
    exclusions: readonly Exclusions[];
    visits: readonly Visit[];
    inspectors: readonly Inspector[];
  },
): string {
  const { slots, exclusions, visits, inspectors } = context;
  const involved = [...new Set(violating.map((slot) => slots[slot]!.visit))];
  const able = [...new Set(violating.flatMap((slot) => slots[slot]!.accepts))];
  const leads = violating.filter((slot) => slots[slot]!.role === 'lead').length;
  const experts = violating.filter((slot) => slots[slot]!.role === 'expert').length;
  const special = [leads && `${leads} of leads`, experts && `${experts} of experts`].filter(Boolean).join(', ');
  const reasons = new Map<Ineligibility, Set<string>>();
  for (const visit of involved)
    for (const [inspector, reason] of exclusions[visit]!)
      reasons.set(reason, (reasons.get(reason) ?? new Set()).add(inspectors[inspector]!.id));
  const why = [...reasons].map(([reason, ids]) => `${WHY_NOT[reason]}: ${listed([...ids])}`).join('; ');
  return `Not every team can be filled: the visits to ${listed(involved.map((visit) => visits[visit]!.subject))} need ${violating.length} places${special && ` (${special})`}, and ${able.length === 0 ? 'nobody can take them' : `${listed(able.map((index) => inspectors[index]!.id))} can fill only ${violating.length - 1}`}${why && ` (${why})`}; add inspectors, raise their max_load or take a visit out.`;
}

/** The same in parts: subjects, how many places they lack together, who can go. */
export function violationValues(
  violating: readonly number[],
  { slots, visits, inspectors }: Parameters<typeof describeViolation>[1],
): Record<string, string | number> {
  const involved = [...new Set(violating.map((slot) => slots[slot]!.visit))];
  const able = [...new Set(violating.flatMap((slot) => slots[slot]!.accepts))];
  return {
    subjects: listed(involved.map((visit) => visits[visit]!.subject)),
    places: violating.length,
    able: listed(able.map((index) => inspectors[index]!.id)) || '–',
  };
}

function listed(names: readonly string[]): string {
  const shown = names.toSorted().slice(0, 12);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
