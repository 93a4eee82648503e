import { type Action, mayRole, type Resource } from '@hengjian/contract/permissions.ts';
import type { Account } from '#accounts/account.ts';
import type { RouteId } from '$app/types';

/** Who may reach a route: everybody, everybody signed in, or whoever the table of permissions lets do this. */
export type Admission = 'public' | 'signed-in' | readonly [Resource, Action];

/** Where looking and acting (the forms of a page: POST) are two rights. A route with one right takes no POST, unless it is open to everybody signed in. */
export interface ReadAndWrite {
  read: Admission;
  write: Admission;
}

/**
 * What each route is about. Deny by default: a route without a line here is refused, and TypeScript names it. The table
 * of permissions (contract/permissions.ts) says which roles may; what is seen is narrowed by `locals.scope` in every query.
 */
export const access: Record<RouteId, Admission | ReadAndWrite> = {
  '/': ['scores', 'read'],
  '/sign-in': 'public',
  '/sign-in/[token]': 'public',
  '/sign-in/oidc': 'public',
  '/sign-in/oidc/callback': 'public',
  '/sign-out': 'signed-in',
  '/account': 'signed-in',
  '/preferences': 'public',
  '/forbidden': 'public',
  '/units/[unit]': ['explanations', 'read'],
  '/units/[unit]/[item]': ['explanations', 'read'],
  '/units/[unit]/waiting.json': ['unit_entries', 'read'],
  '/api/v1/quarters/[quarter]/scores': ['scores', 'read'],
  '/api/v1/quarters/[quarter]/scores.csv': ['scores', 'export'],
  '/api/v1/quarters/[quarter]/scores.xlsx': ['scores', 'export'],
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]': ['explanations', 'read'],
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]/lost.csv': ['explanations', 'export'],
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]/lost.xlsx': ['explanations', 'export'],
  '/desk': ['desk', 'read'],
  '/entries': ['unit_entries', 'read'],
  '/entries/marks': { read: ['office_entries', 'read'], write: ['office_entries', 'write'] },
  '/entries/meetings': { read: ['office_entries', 'read'], write: ['office_entries', 'write'] },
  '/entries/outages': { read: ['office_entries', 'read'], write: ['office_entries', 'write'] },
  '/entries/voids': { read: ['office_entries', 'read'], write: ['office_entries', 'write'] },
  '/entries/materials': { read: ['unit_entries', 'read'], write: ['unit_entries', 'write'] },
  '/entries/lists': { read: ['unit_entries', 'read'], write: ['unit_entries', 'write'] },
  '/entries/lists/template': ['unit_entries', 'read'],
  '/entries/pushes': { read: ['unit_entries', 'read'], write: ['unit_entries', 'write'] },
  '/import': { read: ['imports', 'read'], write: ['imports', 'write'] },
  '/import/[id]': { read: ['imports', 'read'], write: ['imports', 'write'] },
  '/import/[id]/[file]': ['imports', 'read'],
  '/import/templates/[layout]': ['imports', 'read'],
  '/import/lists/[layout]': ['imports', 'read'],
  '/import/lists/[layout].csv': ['imports', 'read'],
  '/reconciliation': ['unit_entries', 'read'],
  '/reconciliation/rows.csv': ['unit_entries', 'read'],
  '/reconciliation/rows.xlsx': ['unit_entries', 'read'],
  '/reconciliation/rows.parquet': ['unit_entries', 'read'],
  '/reconciliation/rows.arrow': ['unit_entries', 'read'],
  '/funnel': ['funnel', 'read'],
  '/heat': ['areas', 'read'],
  '/places': ['explanations', 'read'],
  '/places/[place]': ['explanations', 'read'],
  '/tableau': ['scores', 'read'],
  '/loop': ['unit_weeks', 'read'],
  '/backfill': ['unit_weeks', 'read'],
  '/api/v1/funnel': ['funnel', 'read'],
  '/api/v1/heat/units': ['unit_weeks', 'read'],
  '/api/v1/heat/areas': ['areas', 'read'],
  '/api/v1/heat/months': ['areas', 'read'],
  '/tables/[quarter]/[file]': ['explanations', 'export'],
  '/publications': ['publications', 'read'],
  '/publications/[quarter]': { read: ['publications', 'read'], write: ['publications', 'write'] },
  '/publications/[quarter]/record.json': ['publications', 'export'],
  '/publications/[quarter]/circular': { read: ['circulars', 'read'], write: ['circulars', 'write'] },
  '/publications/[quarter]/circular/[file]': ['circulars', 'export'],
  '/publications/[quarter]/evidence/[unit]': ['evidence', 'export'],
  '/publications/verify': { read: ['verification', 'read'], write: ['verification', 'write'] },
  '/publications/jobs/[job]': ['verification', 'read'],
  '/publications/year': ['publications', 'read'],
  '/publications/tables/[file]': ['publications', 'read'],
  '/units/[unit]/[item]/objection': { read: ['objections', 'write'], write: ['objections', 'write'] },
  '/objections': { read: ['objections', 'read'], write: ['objections', 'write'] },
  '/draws': { read: ['draws', 'read'], write: ['draws', 'write'] },
  '/draws/new': { read: ['draws', 'write'], write: ['draws', 'write'] },
  '/draws/[task]': { read: ['draws', 'read'], write: ['results', 'write'] },
  '/draws/[task]/screen': ['draws', 'read'],
  '/draws/[task]/public.json': ['draws', 'export'],
  '/draws/[task]/visits.csv': ['draws', 'export'],
  '/draws/[task]/visits.xlsx': ['draws', 'export'],
  '/draws/[task]/visits.parquet': ['draws', 'export'],
  '/draws/[task]/visits.arrow': ['draws', 'export'],
  '/draws/[task]/proof': ['tiers', 'read'],
  '/draws/inspectors': { read: ['inspectors', 'read'], write: ['inspectors', 'write'] },
  '/draws/verifier': 'public',
  '/tasks': { read: ['own_tasks', 'read'], write: ['own_tasks', 'write'] },
  '/tasks/[task]/[subject]': { read: ['own_tasks', 'read'], write: ['own_tasks', 'write'] },
  '/risk': ['risk_maps', 'read'],
  '/risk/alerts': { read: ['risk_alerts', 'read'], write: ['risk_alerts', 'write'] },
  '/risk/backtest': ['tiers', 'read'],
  '/risk/subjects': ['tiers', 'read'],
  '/subjects': ['subjects', 'read'],
  '/subjects/[uscc]': ['subjects', 'read'],
  '/admin/accounts': { read: ['accounts', 'read'], write: ['accounts', 'write'] },
  '/admin/accounts/[account]': { read: ['accounts', 'read'], write: ['accounts', 'write'] },
  '/admin/keys': { read: ['keys', 'read'], write: ['keys', 'write'] },
  '/admin/log': ['access_log', 'read'],
  '/admin/log.csv': ['access_log', 'export'],
  '/admin/log.xlsx': ['access_log', 'export'],
  '/admin/log.parquet': ['access_log', 'export'],
  '/admin/log.arrow': ['access_log', 'export'],
  '/registries': { read: ['registries', 'read'], write: ['registries', 'write'] },
  '/rules': 'signed-in',
  '/rules/whatif': { read: ['publications', 'write'], write: ['publications', 'write'] },
  '/stream': ['stream', 'read'],
  '/stream/rejects': ['rejects', 'read'],
  '/api/v1/stream/minutes': ['stream', 'read'],
  '/api/v1/updates': ['updates', 'read'],
  '/api/v1/openapi.json': 'public',
  '/api/v1/asyncapi.json': 'public',
  '/health/live': 'public',
  '/health/ready': 'public',
  '/metrics': 'public',
};

/** Where a read key is taken: data routes of the API, and downloads, but not who looked at what. Pages are for people, who sign in. */
export function takesKeys(routeId: string | null): boolean {
  const entry = routeId !== null && Object.hasOwn(access, routeId) ? access[routeId as RouteId] : undefined;
  if (!Array.isArray(entry) || entry[0] === 'access_log') return false;
  return routeId!.startsWith('/api/v1/') || entry[1] === 'export';
}

export type Decision = 'granted' | 'sign-in' | 'forbidden';

const READING = ['GET', 'HEAD', 'OPTIONS'];

export function decide(routeId: string, account: Account | undefined, method = 'GET'): Decision {
  const entry = Object.hasOwn(access, routeId) ? access[routeId as RouteId] : undefined;
  const admission = admissionFor(entry, READING.includes(method));
  if (admission === 'public') return 'granted';
  if (!account) return 'sign-in';
  if (admission === 'signed-in') return 'granted';
  return admission && mayRole(account.roles, ...admission) ? 'granted' : 'forbidden';
}

function admissionFor(entry: Admission | ReadAndWrite | undefined, reading: boolean): Admission | undefined {
  if (typeof entry === 'object' && 'read' in entry) return reading ? entry.read : entry.write;
  return reading || typeof entry === 'string' ? entry : undefined;
}
