/** The last step of a form: its events are recorded, or it comes back as it was typed, with what is wrong. */
import { type ActionFailure, fail, redirect } from '@sveltejs/kit';
import { type FormValues, first, formValues, type Problem } from '#lib/forms/form-values.ts';
import { problemText } from '#lib/forms/problem-text.ts';
import type { MessageKey } from '#lib/i18n/catalogue.ts';
import { type MessageParams, translate } from '#lib/i18n/translate.ts';
import { type EventDraft, recordEvents } from './record-events.ts';

export interface FormFailure {
  /** Which form of the page. */
  form: string;
  values: FormValues;
  problems: Problem[];
}

export function failForm(form: string, data: FormData, problems: Problem[]): ActionFailure<FormFailure> {
  return fail(400, { form, values: formValues(data), problems });
}

export interface FormOptions {
  /** Which form of the page. */
  form: string;
  /** Address to go on at, with `recorded` added: a form sent is not sent again by a reload. */
  next: string;
  /** The field that holds the day of the event. */
  timeField?: string;
}

/** @returns only where something is wrong; else goes on at `next` */
export async function recordForm(
  locals: App.Locals,
  data: FormData,
  drafts: readonly EventDraft[],
  { form, next, timeField = '' }: FormOptions,
): Promise<ActionFailure<FormFailure>> {
  const recorded = await recordEvents(locals, drafts, data.get('submission'));
  if (recorded.ok) redirect(303, `${next}${next.includes('?') ? '&' : '?'}recorded=${form}`);
  const values = formValues(data);
  const problems = recorded.problems.map(({ field: member, reason }) => {
    const field = reason.startsWith('time_') ? timeField : member;
    return { field, text: problemText(locals.locale, reason, field === '' ? '' : first(values, field)) };
  });
  return failForm(form, data, problems);
}

/** A sentence for each field that must be filled and is not. */
export function missingFields(locals: App.Locals, data: FormData, fields: readonly string[]): Problem[] {
  return fields
    .filter((field) => String(data.get(field) ?? '').trim() === '')
    .map((field) => ({
      field,
      text: translate(locals.locale, 'forms.missing', {
        field: translate(locals.locale, `entries.field.${field}` as MessageKey),
      }),
    }));
}

export function problemIn({ locale }: App.Locals, field: string, key: MessageKey, params: MessageParams = {}): Problem {
  return { field, text: translate(locale, key, params) };
}
