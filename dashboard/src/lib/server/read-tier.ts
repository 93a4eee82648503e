import { may } from '@hengjian/contract/permissions.ts';
import { loadIndicators } from '@hengjian/models/risk/indicators/load-indicators.ts';
import { builtMonths } from '@hengjian/models/risk/queries/built-months.ts';
import { readSubjectRisk, type SubjectRisk } from '@hengjian/models/risk/queries/read-subject-risk.ts';

export interface SubjectTier {
  /** Months of which tiers were made, latest first. */
  months: string[];
  /** undefined where the subject has none in that month. */
  risk: SubjectRisk | undefined;
}

/** The tier of a subject with its reasons; undefined for those who see no tiers. @param month the latest by default */
export async function readTier(locals: App.Locals, subject: string, month: string): Promise<SubjectTier | undefined> {
  const { parts, scope } = locals;
  if (!may(scope, 'tiers')) return undefined;
  const months = await builtMonths(parts.reader);
  const asked = months.includes(month) ? month : months[0];
  if (!asked) return { months, risk: undefined };
  const set = loadIndicators(parts.environment.dataDir);
  const answer = await readSubjectRisk(parts.reader, scope, set, { subject, month: asked });
  return { months, risk: answer.ok ? answer.value : undefined };
}
