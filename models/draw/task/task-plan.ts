import type { PlannedBeacon } from '../beacon/planned-beacon.ts';

/** What a person decides about the draw of a task; all of it stands in the plan, so that it is committed to. */
export interface TaskRules {
  /** The unit that inspects; it must have inspection power (国办发〔2024〕54号: the office itself has none). */
  department: string;
  /** Tier → probability, as in the plan. */
  tiers: Record<string, string>;
  /** The first of the tier alphabet; left out: of the default tiers. */
  lowestTier?: string | undefined;
  n: number | undefined;
  strata: ('area' | 'industry')[];
  /** Tier of subjects that nobody has classified; undefined: there must be none. */
  untiered: string | undefined;
  /** Only tiers of events of this source; undefined: of the only one that classifies the frame. */
  tierSource: string | undefined;
  /** Area codes and industry sections of the frame; empty: all. */
  areas: string[];
  industries: string[];
  /** Subjects that this department drew within so many days are left out; 0: none. */
  coolingDays: number;
  /** Subjects that this department has visited or drawn so many times in the year are left out; 0: no cap. */
  cap: number;
  exemption: Exemption | undefined;
  /** What kind of check the cap counts; left out: the daily one. */
  checkType?: CheckType;
  /** What is checked, in words. */
  matters?: string[];
  /** The announced beacon. */
  beacon?: PlannedBeacon | undefined;
}

/** Annual caps hold for each kind of check by itself (Zhaoqing 2025, domain.md §7 e-4): daily, case, special. */
export const CHECK_TYPES = ['daily', 'case', 'special'] as const;
export type CheckType = (typeof CHECK_TYPES)[number];

/** Grounds on which caps, cooling-off and the rest of low-risk firms do not hold (domain.md §7 e-4). */
export const EXEMPTIONS = [
  'complaint',
  'superior_order',
  'joint_duty',
  'off_site_clue',
  'media',
  're_check',
  'on_request',
  'licensing_check',
  'transferred_case',
  'statutory',
] as const;
export type Exemption = (typeof EXEMPTIONS)[number];

/** domain.md §7 e-3: the default ratios. */
export const DEFAULT_TIERS = { A: '1/100', B: '3/100', C: '1/10', D: '3/10' };

/** Why a registered subject is not in the frame. */
export const EXCLUSIONS = ['closed', 'low_risk_drawn_this_year', 'annual_cap', 'cooling_off'] as const;

/** Columns of every frame that is built from events. */
export const TASK_COLUMNS = ['id', 'area', 'industry', 'tier', 'salt'];
