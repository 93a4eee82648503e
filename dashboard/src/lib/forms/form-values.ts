/** What was typed, by field, as a form that failed shows it again: plain texts, in order where a field has several. */
export type FormValues = Record<string, string[]>;

export interface Problem {
  /** Name of the field; '' where it is no single one. */
  field: string;
  text: string;
}

/** Files and what forms carry for themselves are left out. */
export function formValues(form: FormData): FormValues {
  const values: FormValues = {};
  for (const [name, value] of form)
    if (typeof value === 'string' && name !== 'submission') values[name] = [...(values[name] ?? []), value.trim()];
  return values;
}

export const first = (values: FormValues | undefined, name: string): string => values?.[name]?.[0] ?? '';

export const problemOf = (problems: readonly Problem[] | undefined, field: string): string | undefined =>
  problems?.find((problem) => problem.field === field)?.text;
