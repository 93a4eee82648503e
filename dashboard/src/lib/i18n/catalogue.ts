import { account } from './messages/account.ts';
import { admin } from './messages/admin.ts';
import { badges } from './messages/badges.ts';
import { change } from './messages/change.ts';
import { circular } from './messages/circular.ts';
import { deadline } from './messages/deadline.ts';
import { desk } from './messages/desk.ts';
import { downloads } from './messages/downloads.ts';
import { drawProblems } from './messages/draw-problems.ts';
import { drawSteps } from './messages/draw-steps.ts';
import { draws } from './messages/draws.ts';
import { entries } from './messages/entries.ts';
import { entryForms } from './messages/entry-forms.ts';
import { errors } from './messages/errors.ts';
import { forms } from './messages/forms.ts';
import { funnel } from './messages/funnel.ts';
import { heat } from './messages/heat.ts';
import { imports } from './messages/imports.ts';
import { inspectors } from './messages/inspectors.ts';
import { items } from './messages/items.ts';
import { objections } from './messages/objections.ts';
import { publications } from './messages/publications.ts';
import { ranking } from './messages/ranking.ts';
import { ratePages } from './messages/rate-pages.ts';
import { rates } from './messages/rates.ts';
import { readings } from './messages/readings.ts';
import { reconciliation } from './messages/reconciliation.ts';
import { refusals } from './messages/refusals.ts';
import { registries } from './messages/registries.ts';
import { risk } from './messages/risk.ts';
import { riskAlerts } from './messages/risk-alerts.ts';
import { rules } from './messages/rules.ts';
import { shell } from './messages/shell.ts';
import { signIn } from './messages/sign-in.ts';
import { stream } from './messages/stream.ts';
import { subjects } from './messages/subjects.ts';
import { unit } from './messages/unit.ts';

/** All texts: key → [Chinese, English]. One file of `messages/` a page; a key starts with its page's name. */
export const catalogue = {
  ...shell,
  ...forms,
  ...downloads,
  ...desk,
  ...deadline,
  ...entries,
  ...entryForms,
  ...signIn,
  ...account,
  ...errors,
  ...items,
  ...ranking,
  ...unit,
  ...rates,
  ...readings,
  ...ratePages,
  ...registries,
  ...reconciliation,
  ...rules,
  ...badges,
  ...stream,
  ...funnel,
  ...heat,
  ...imports,
  ...publications,
  ...refusals,
  ...objections,
  ...draws,
  ...drawSteps,
  ...drawProblems,
  ...inspectors,
  ...circular,
  ...change,
  ...subjects,
  ...risk,
  ...riskAlerts,
  ...admin,
} satisfies Record<string, readonly [string, string]>;

export type MessageKey = keyof typeof catalogue;
