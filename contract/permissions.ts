/**
 * Who may do what (contract §4): role × resource × action, and by what a scope narrows it. The one table of routes,
 * queries, files and the event stream. Deny by default: what has no line here nobody may do.
 */
import type { Role, Scope } from './scope.ts';

/** `write`: bring events (of forms), or change what is managed. */
export type Action = 'read' | 'export' | 'write';

interface Rule {
  roles: readonly Role[];
  /**
   * What narrows it row by row. An account with a limit that is not named here sees nothing: what belongs to no unit, or
   * to no area, cannot be narrowed to one.
   */
  narrowedBy: readonly ('units' | 'areas')[];
}

const SCORE_READERS = ['office', 'leader', 'unit', 'auditor'] as const;
const BOTH = ['units', 'areas'] as const;

export const PERMISSIONS = {
  /** Ranks and totals: of the whole city, said to be so. */
  scores: { read: { roles: SCORE_READERS, narrowedBy: BOTH }, export: { roles: SCORE_READERS, narrowedBy: BOTH } },
  /** What cost each point, with the rows. */
  explanations: {
    read: { roles: SCORE_READERS, narrowedBy: BOTH },
    export: { roles: SCORE_READERS, narrowedBy: BOTH },
  },
  /** Items of every unit, of a draft too: of an account that names no units, which the role of a unit always does. */
  every_unit: { read: { roles: ['office', 'leader', 'auditor'], narrowedBy: BOTH } },
  funnel: { read: { roles: SCORE_READERS, narrowedBy: BOTH } },
  /** Weekly figures of units: they belong to no area. */
  unit_weeks: { read: { roles: SCORE_READERS, narrowedBy: ['units'] } },
  areas: { read: { roles: SCORE_READERS, narrowedBy: BOTH } },
  /** Risk tiers of single subjects: a unit and a leader see none. */
  tiers: { read: { roles: ['office', 'auditor'], narrowedBy: ['areas'] } },
  /** What is on record about one subject: of a unit what it did itself, with the register. Never its tier. */
  subjects: { read: { roles: SCORE_READERS, narrowedBy: BOTH } },
  /** Names of natural persons (sole traders, inspectors); others see their first character (natural-persons.ts). */
  persons: { read: { roles: ['office', 'unit', 'inspector', 'auditor'], narrowedBy: BOTH } },
  /** Counts of tiers and rates by area and industry, never of a few subjects (read-risk-cells.ts); of no unit. */
  risk_maps: { read: { roles: ['office', 'leader', 'auditor'], narrowedBy: ['areas'] } },
  /** Alerts of risk and inspection: of a unit those given to it or raised by it. To act: the office assigns, a unit disposes. */
  risk_alerts: {
    read: { roles: SCORE_READERS, narrowedBy: BOTH },
    write: { roles: ['office', 'unit'], narrowedBy: BOTH },
  },
  /** Tasks and draws, without tiers; a draw is planned over all subjects, so that no limit narrows who may make one. */
  draws: {
    read: { roles: SCORE_READERS, narrowedBy: ['units'] },
    export: { roles: SCORE_READERS, narrowedBy: ['units'] },
    write: { roles: ['office'], narrowedBy: [] },
  },
  /** Results of visits, entered and published for the department that inspects. */
  results: { write: { roles: ['office', 'unit'], narrowedBy: ['units'] } },
  inspectors: {
    read: { roles: ['office', 'unit', 'auditor'], narrowedBy: ['units'] },
    write: { roles: ['office', 'unit'], narrowedBy: ['units'] },
  },
  /** The visits drawn for the account itself. */
  own_tasks: {
    read: { roles: ['inspector'], narrowedBy: BOTH },
    write: { roles: ['inspector'], narrowedBy: BOTH },
  },
  /** Counts of what arrives. */
  stream: { read: { roles: ['office', 'leader', 'unit', 'auditor', 'admin'], narrowedBy: BOTH } },
  /** Sources, rejects, writers: they belong to no unit, and may hold what a person must not see. */
  rejects: { read: { roles: ['office', 'auditor', 'admin'], narrowedBy: [] } },
  /** What the office enters (marks, meetings, materials, outages, voids); it belongs to no area. */
  office_entries: {
    read: { roles: ['office', 'auditor'], narrowedBy: ['units'] },
    write: { roles: ['office'], narrowedBy: ['units'] },
  },
  /** What a unit enters for itself (lists, claims, feedback, materials); the office may do it for a unit without access. */
  unit_entries: {
    read: { roles: ['office', 'unit', 'auditor'], narrowedBy: ['units'] },
    write: { roles: ['office', 'unit'], narrowedBy: ['units'] },
  },
  /** Tables of the office and of units, with what was brought by them: a unit its own rows. They belong to no area. */
  imports: {
    read: { roles: ['office', 'unit', 'auditor'], narrowedBy: ['units'] },
    write: { roles: ['office', 'unit'], narrowedBy: ['units'] },
  },
  /** What units and areas are called: no secret; kept for everybody, so by nobody whose reach is limited. */
  registries: {
    read: { roles: ['office', 'leader', 'unit', 'inspector', 'auditor', 'admin'], narrowedBy: BOTH },
    write: { roles: ['office'], narrowedBy: [] },
  },
  /** Where things stand, and what waits. */
  desk: { read: { roles: ['office', 'unit'], narrowedBy: ['units'] } },
  /** That something has been refreshed, and when. */
  updates: { read: { roles: ['office', 'leader', 'unit', 'inspector', 'auditor', 'admin'], narrowedBy: BOTH } },
  /** Where each quarter stands, and the chain; export: records with the snapshot of all units. */
  publications: {
    read: { roles: SCORE_READERS, narrowedBy: BOTH },
    export: { roles: ['office', 'leader', 'auditor'], narrowedBy: [] },
    write: { roles: ['office'], narrowedBy: [] },
  },
  /** Whether what was published is still what was published. */
  verification: {
    read: { roles: ['office', 'auditor'], narrowedBy: [] },
    write: { roles: ['office', 'auditor'], narrowedBy: [] },
  },
  /** Circulars of published quarters, which tell of every unit. */
  circulars: {
    read: { roles: ['office', 'leader', 'auditor'], narrowedBy: [] },
    export: { roles: ['office', 'leader', 'auditor'], narrowedBy: [] },
    write: { roles: ['office'], narrowedBy: [] },
  },
  /** All that stands behind the published score of a unit. */
  evidence: { export: { roles: ['office', 'auditor'], narrowedBy: [] } },
  /** Of departments against their own scores; to act: units file and withdraw. */
  objections: {
    read: { roles: SCORE_READERS, narrowedBy: ['units'] },
    write: { roles: ['office', 'unit'], narrowedBy: ['units'] },
  },
  /** The office as a whole: an account of some units alone would answer what its own unit objects to. */
  objection_answers: { write: { roles: ['office'], narrowedBy: [] } },
  /** Events whose type is an act of the office or of the registry, by forms and tables; of which units, the scope says. */
  office_acts: { write: { roles: ['office'], narrowedBy: BOTH } },
  /** Accounts, sign-in links and sessions of others: they belong to no unit and no area. */
  accounts: {
    read: { roles: ['auditor', 'admin'], narrowedBy: [] },
    write: { roles: ['admin'], narrowedBy: [] },
  },
  /** Keys of systems: those that send events, those that read figures. */
  keys: {
    read: { roles: ['auditor', 'admin'], narrowedBy: [] },
    write: { roles: ['admin'], narrowedBy: [] },
  },
  /** Who looked at what, and who took what away. */
  access_log: {
    read: { roles: ['auditor'], narrowedBy: [] },
    export: { roles: ['auditor'], narrowedBy: [] },
  },
} as const satisfies Record<string, Partial<Record<Action, Rule>>>;

export type Resource = keyof typeof PERMISSIONS;

/** Whether one of the roles opens it; what is seen behind it, the scope narrows. */
export function mayRole(roles: readonly Role[], resource: Resource, action: Action = 'read'): boolean {
  return ruleOf(resource, action)?.roles.some((role) => roles.includes(role)) ?? false;
}

/** Whether a scope sees anything of it at all: a role that may, and no limit that it cannot be narrowed by. */
export function may(scope: Scope, resource: Resource, action: Action = 'read'): boolean {
  const rule = ruleOf(resource, action);
  if (!rule || !mayRole(scope.roles, resource, action)) return false;
  return (['units', 'areas'] as const).every((limit) => scope[limit] === 'all' || rule.narrowedBy.includes(limit));
}

function ruleOf(resource: Resource, action: Action): Rule | undefined {
  return (PERMISSIONS[resource] as Partial<Record<Action, Rule>> | undefined)?.[action];
}
