/** What the forms of the administrator send, and what is wrong with it, in words. */
import type { AccountDraft, AccountProblem, KnownScope } from '#accounts/check-account.ts';
import { type FormValues, formValues, type Problem } from '#lib/forms/form-values.ts';
import { listText } from '#lib/i18n/list-text.ts';
import { translate } from '#lib/i18n/translate.ts';
import type { ScopeChoices } from './scope-choices.ts';

/** What became of a form of the administrator's pages. */
export interface AdminSaid {
  /** Which form of the page. */
  form: string;
  values: FormValues;
  problems: Problem[];
  /** A sign-in address or a key, which is shown now and never again, and for whom. */
  secret?: { name: string; text: string };
  /** What was done, as a sentence. */
  done?: string;
}

export const refused = (form: string, data: FormData, problems: Problem[]): AdminSaid => ({
  form,
  values: formValues(data),
  problems,
});
export const done = (form: string, said: Pick<AdminSaid, 'secret' | 'done'>): AdminSaid => ({
  form,
  values: {},
  problems: [],
  ...said,
});

/** Codes or addresses typed into one field, parted by blanks, commas or lines. */
export const listed = (text: FormDataEntryValue | null): string[] =>
  String(text ?? '')
    .split(/[\s,，、;；]+/)
    .filter((part) => part !== '');

export function draftOf(data: FormData, name: string): AccountDraft {
  return {
    name: name.trim(),
    roles: data.getAll('roles').map(String),
    units: data.getAll('units').map(String),
    areas: listed(data.get('areas')),
  };
}

export const knownOf = ({ units, areas }: ScopeChoices): KnownScope => ({ units: units.map(({ id }) => id), areas });

export function accountProblem(
  { locale }: Pick<App.Locals, 'locale'>,
  { field, reason, value, known }: AccountProblem,
): Problem {
  const shown = listText(locale, known.slice(0, 20));
  return { field, text: translate(locale, `admin.problem.${reason}`, { value: value.slice(0, 80), known: shown }) };
}
