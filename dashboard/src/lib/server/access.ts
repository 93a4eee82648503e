import type { Role } from '@hengjian/contract/scope.ts';
import type { Account } from '#accounts/account.ts';
import type { RouteId } from '$app/types';

/** Who may reach a route: everybody, everybody signed in, or the roles named. */
export type Admission = 'public' | 'signed-in' | readonly Role[];

const scores = ['office', 'leader', 'unit', 'auditor'] as const;

/**
 * The one table of contract §4. Deny by default: a route without a line here is refused, and TypeScript names it.
 * Admission opens the door only; what is seen behind it is narrowed by `locals.scope` in every query.
 */
export const access: Record<RouteId, Admission> = {
  '/': scores,
  '/sign-in': 'public',
  '/sign-in/[token]': 'public',
  '/sign-out': 'signed-in',
  '/preferences': 'public',
  '/forbidden': 'public',
  '/units/[unit]': scores,
  '/units/[unit]/[item]': scores,
  '/api/v1/quarters/[quarter]/scores': scores,
  '/api/v1/quarters/[quarter]/scores.csv': scores,
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]': scores,
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]/lost.csv': scores,
  '/funnel': scores,
  '/heat': scores,
  '/api/v1/funnel': scores,
  '/api/v1/heat/units': scores,
  '/api/v1/heat/areas': scores,
  '/api/v1/heat/months': scores,
  '/rules': 'signed-in',
  '/stream': ['office', 'leader', 'unit', 'auditor', 'admin'],
  '/stream/rejects': ['office', 'auditor', 'admin'],
  '/api/v1/stream/minutes': ['office', 'leader', 'unit', 'auditor', 'admin'],
  '/api/v1/updates': 'signed-in',
  '/api/v1/openapi.json': 'public',
  '/api/v1/asyncapi.json': 'public',
  '/health/live': 'public',
  '/health/ready': 'public',
  '/metrics': 'public',
};

export type Decision = 'granted' | 'sign-in' | 'forbidden';

export function decide(routeId: string, account: Account | undefined): Decision {
  const admission: Admission | undefined = Object.hasOwn(access, routeId) ? access[routeId as RouteId] : undefined;
  if (admission === 'public') return 'granted';
  if (!account) return 'sign-in';
  if (admission === 'signed-in') return 'granted';
  return admission?.some((role) => account.roles.includes(role)) ? 'granted' : 'forbidden';
}
