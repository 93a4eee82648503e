/** What people enter are events: a form's way to the log, with the checks of the door and the rights of the account. */
import { createHash, randomUUID } from 'node:crypto';
import type { Reason } from '@hengjian/contract/reasons.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import { FORM_SOURCE } from '@hengjian/models/queries/read-entries.ts';
import { accountRights } from '#accounts/account-rights.ts';
import { unitsOutside } from './units-outside.ts';

export interface EventDraft {
  type: string;
  /** Unit id: who acts. */
  department: string;
  subject?: string;
  region?: string;
  /** RFC 3339 with offset; unset: now. */
  time?: string;
  data: Record<string, unknown>;
}

export interface FormProblem {
  /** Member of `data`, or of the envelope, that is wrong; '' where it is no single one. */
  field: string;
  reason: Reason;
  detail: string;
}

export type Recorded = { ok: true; ids: string[] } | { ok: false; problems: FormProblem[] };

/** Stands in a hidden field of each form, so that a form sent twice is one event; gone back to and changed it is another. */
export const newSubmission = (): string => randomUUID();

/**
 * Durable when it resolves; counted at the next refresh. All drafts are checked before one is written.
 * @param submission of the form (`newSubmission`); anything else than a UUID gets a new one
 * @throws when the events could not be stored
 */
export async function recordEvents(
  { parts, scope }: Pick<App.Locals, 'parts' | 'scope'>,
  drafts: readonly EventDraft[],
  submission: unknown,
): Promise<Recorded> {
  const stem = typeof submission === 'string' && UUID.test(submission) ? submission : randomUUID();
  const events = drafts.map((draft, index) => ({
    specversion: '1.0',
    id: `${stem}-${index}-${contentMark(draft)}`,
    source: FORM_SOURCE,
    time: new Date().toISOString(),
    ...draft,
    data: { ...draft.data, entered_by: scope.account },
  }));
  const problems = events.flatMap((event) => parts.checkEvent(event) ?? []);
  if (problems.length > 0) return { ok: false, problems: problems.map(placed) };
  const outside = events.flatMap((event) => unitsOutside(scope, event));
  if (outside.length > 0) return { ok: false, problems: outside };
  const { rejected } = await parts.writer.write(events, formRights(scope));
  if (rejected.length > 0)
    return { ok: false, problems: rejected.map(({ reason, detail }) => placed({ reason: reason as Reason, detail })) };
  return { ok: true, ids: events.map(({ id }) => id) };
}

const contentMark = ({ type, department, subject, data }: EventDraft): string =>
  createHash('sha256')
    .update(JSON.stringify([type, department, subject, data]))
    .digest('hex')
    .slice(0, 12);

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The rights of an account over events: its units, and the acts of the office for the office alone. */
export const formRights = (scope: App.Locals['scope']): WriteRights =>
  accountRights(scope, FORM_SOURCE, scope.units, ['office', 'registry']);

function placed({ reason, detail }: { reason: Reason; detail: string }): FormProblem {
  const field = /^data\.(\w+)/.exec(detail)?.[1] ?? (reason.startsWith('uscc') ? 'subject' : '');
  return { field, reason, detail };
}
