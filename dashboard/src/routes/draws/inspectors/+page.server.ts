import { may } from '@hengjian/contract/permissions.ts';
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import { readLibrary } from '@hengjian/models/draw/task/library.ts';
import { registeredPlaces } from '@hengjian/models/queries/draws/registered-places.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { fail } from '@sveltejs/kit';
import { openLists } from '#lib/downloads/open-lists.ts';
import { type DrawValues, drawValues } from '#lib/draws/draw-values.ts';
import { legalDay } from '#lib/draws/legal-day.ts';
import type { MessageKey } from '#lib/i18n/catalogue.ts';
import { translate } from '#lib/i18n/translate.ts';
import { areaNames } from '#lib/server/area-names.ts';
import { departmentNames } from '#lib/server/department-names.ts';
import { namedUnits } from '#lib/server/draw-units.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { newSubmission, recordEvents } from '#lib/server/record-events.ts';
import type { Actions, PageServerLoad } from './$types';

/** A certificate that ends within so many days is pointed out. */
const SOON_DAYS = 60;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  holdMay(locals, 'inspectors');
  depends('hengjian:data');
  const { parts, scope, locale } = locals;
  const today = legalDay();
  const soon = legalDay(new Date(Date.now() + SOON_DAYS * 86_400_000));
  const unit = url.searchParams.get('unit') ?? '';
  const library = await readLibrary(parts.reader, { units: scope.units, year: Number(today.slice(0, 4)) });
  const [places] = await readRows(parts.reader, registeredPlaces(scope));
  const areaName = areaNames(locals);
  const editing = library.find((entry) => entry.unit === unit && entry.id === url.searchParams.get('edit'));
  return {
    title: translate(locale, 'inspectors.title'),
    unit,
    today,
    editing,
    names: departmentNames(locals),
    areas: (places?.areas ?? []).map((code) => ({ code, name: areaName(code) })),
    units: namedUnits(locals).filter(({ id, power }) => power && (scope.units === 'all' || scope.units.includes(id))),
    inspectors: library
      .filter((entry) => unit === '' || entry.unit === unit)
      .map((entry) => ({
        ...entry,
        areaNames: entry.areas.map(areaName),
        certified: certified(entry.certificate, entry.valid_until, today, soon),
      })),
    mayWrite: may(scope, 'inspectors', 'write'),
    lists: openLists(scope, ['entry-inspector-registered']),
    submission: newSubmission(),
  };
};

function certified(
  certificate: string,
  until: string,
  today: string,
  soon: string,
): 'none' | 'expired' | 'soon' | 'valid' {
  if (certificate === '') return 'none';
  return until < today ? 'expired' : until <= soon ? 'soon' : 'valid';
}

export const actions: Actions = {
  /** An entry as it stands from now on; earlier ones stay in the log. */
  save: async ({ locals, request }) => {
    holdMay(locals, 'inspectors', 'write');
    const form = await request.formData();
    const values: DrawValues = { ...drawValues(form), areas: form.getAll('areas').map(String).join('、') };
    const {
      unit = '',
      inspector = '',
      name = '',
      certificate = '',
      valid_until = '',
      specialties = '',
    } = trimmed(values);
    const wrong: Record<string, string> = {};
    const note = (field: string, key: MessageKey) => {
      wrong[field] = translate(locals.locale, key);
    };
    if (!mayActFor(locals, unit)) note('unit', 'draws.wrong.unit');
    if (inspector === '' || inspector.length > 128) note('inspector', 'inspectors.wrong.id');
    if (name === '') note('name', 'inspectors.wrong.name');
    if (!isCalendarDay(valid_until)) note('valid_until', 'inspectors.wrong.day');
    if (!/^\d{0,6}$/.test(values.max_load ?? '')) note('max_load', 'draws.new.wrong.whole');
    if (Object.keys(wrong).length > 0) return fail(400, { values, wrong, problem: undefined });
    const draft = {
      type: 'inspector.registered',
      department: unit,
      data: {
        inspector,
        name,
        certificate,
        valid_until,
        active: values.active !== 'no',
        specialties: listOf(specialties),
        areas: listOf(values.areas ?? ''),
        home_area: values.home_area?.trim() ?? '',
        lead: values.lead !== 'no',
        expert: values.expert === 'yes',
        max_load: Number(values.max_load || 0),
        account: values.account?.trim() ?? '',
      },
    };
    const recorded = await recordEvents(locals, [draft], form.get('submission'));
    if (!recorded.ok) return fail(400, { values, wrong, problem: detailOf(locals, recorded.problems[0]?.detail) });
    return { saved: name };
  },

  recusal: async ({ locals, request }) => {
    holdMay(locals, 'inspectors', 'write');
    const form = await request.formData();
    const values = trimmed(drawValues(form));
    const [unit = '', inspector = ''] = (values.who ?? '').split('\t');
    const reason = values.reason ?? '';
    if (!mayActFor(locals, unit) || inspector === '' || reason === '')
      return fail(400, { recusal: values, recusalProblem: translate(locals.locale, 'inspectors.wrong.recusal') });
    const draft = {
      type: 'recusal.declared',
      department: unit,
      subject: (values.subject ?? '').toUpperCase(),
      data: { inspector, ground: values.ground === 'relation' ? 'relation' : 'declared', reason },
    };
    const recorded = await recordEvents(locals, [draft], form.get('submission'));
    if (!recorded.ok)
      return fail(400, { recusal: values, recusalProblem: detailOf(locals, recorded.problems[0]?.detail) });
    return { declared: inspector };
  },
};

function mayActFor(locals: App.Locals, unit: string): boolean {
  const { units } = locals.scope;
  return namedUnits(locals).some(({ id, power }) => id === unit && power) && (units === 'all' || units.includes(unit));
}

function detailOf({ locale }: App.Locals, detail = ''): string {
  return translate(locale, 'draws.problem.other', { detail });
}

function trimmed(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]));
}

function listOf(text: string): string[] {
  return text
    .split(/[、,，;；]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
