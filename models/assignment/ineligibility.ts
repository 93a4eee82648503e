import type { Inspector, RecusalGround, Visit } from './inspector.ts';

export type Ineligibility =
  | 'inactive'
  | 'no_certificate'
  | 'certificate_expired'
  | 'specialty'
  | 'area'
  | 'home_area'
  | `recused_${RecusalGround}`;

/**
 * Why an inspector cannot go to a visit, or undefined.
 *
 * @param day of the visits, YYYY-MM-DD
 * @param recused ground by `subject TAB inspector`
 */
export function ineligibility(
  inspector: Inspector,
  visit: Visit,
  day: string,
  recused: ReadonlyMap<string, RecusalGround>,
): Ineligibility | undefined {
  if (!inspector.active) return 'inactive';
  if (inspector.certificate === '') return 'no_certificate';
  if (inspector.validUntil < day) return 'certificate_expired';
  if (visit.specialty !== '' && inspector.specialties.length > 0 && !inspector.specialties.includes(visit.specialty))
    return 'specialty';
  if (visit.area !== '' && inspector.areas.length > 0 && !inspector.areas.includes(visit.area)) return 'area';
  if (visit.area !== '' && inspector.homeArea === visit.area) return 'home_area';
  const ground = recused.get(recusalKey(visit.subject, inspector.id));
  return ground && `recused_${ground}`;
}

export function recusalKey(subject: string, inspector: string): string {
  return `${subject}\t${inspector}`;
}
