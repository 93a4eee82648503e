import { may } from '@hengjian/contract/permissions.ts';
import type { Area } from '@hengjian/models/registries/area.ts';
import { areaProblem } from '@hengjian/models/registries/area-problem.ts';
import { AREA_MEMBERS, AreasError, readAreas, readAreasFile } from '@hengjian/models/registries/read-areas.ts';
import { removeArea, saveArea } from '@hengjian/models/registries/save-area.ts';
import { error, redirect } from '@sveltejs/kit';
import type { Problem } from '#lib/forms/form-values.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { failForm, problemIn } from '#lib/server/record-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const { locale, parts, scope, ruleset } = locals;
  const { data } = parts.acts.project(ruleset).ruleSet;
  const { dataDir } = parts.environment;
  const read = expecting(() => ({ all: readAreas(dataDir, data.units), own: readAreasFile(dataDir) }));
  const own = new Set('all' in read ? read.own.map(({ code }) => code) : []);
  const areas = 'all' in read ? read.all : [];
  const nameOf = (code: string) => {
    const area = areas.find((one) => one.code === code);
    return area ? (locale === 'en' && area.en) || area.zh : code;
  };
  const remembered = parts.tableImports.aliases();
  const aliases = 'refused' in remembered ? [] : remembered;
  const refused = 'detail' in read ? read.detail : 'refused' in remembered ? remembered.refused : null;
  // Everybody may read this page; where the data lie is the operator's business.
  const detail = refused?.replaceAll(`${dataDir}/`, '') ?? null;
  const asked = areas.find(({ code }) => code === url.searchParams.get('edit'));
  return {
    title: translate(locale, 'registries.title'),
    mayWrite: may(scope, 'registries', 'write'),
    problem: detail === null ? null : translate(locale, 'registries.problem.file', { detail }),
    ruleset: locale === 'en' ? data.name.en : data.name.zh,
    units: data.units.map(({ id, name, en = '', aliases: known = [], regions = [], departments = [], from, to }) => ({
      id,
      zh: name,
      en,
      known,
      aliases: aliases.filter(({ unit }) => unit === id).map(({ alias }) => alias),
      regions: regions.map(nameOf),
      departments: departments.map((one) => (locale === 'en' && one.en) || one.name),
      from: from ?? '',
      to: to ?? '',
    })),
    areas: areas.map((area) => ({
      ...area,
      parentName: area.parent === '' ? '' : nameOf(area.parent),
      isOwn: own.has(area.code),
    })),
    edited: asked,
  };
};

export const actions: Actions = {
  area: async ({ locals, request }) => {
    mayWrite(locals);
    const data = await request.formData();
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const area = Object.fromEntries(AREA_MEMBERS.map((name) => [name, text(name)])) as unknown as Area;
    const problem = areaProblem(area);
    if (problem)
      return failForm('area', data, [problemIn(locals, problem.member, `registries.problem.${problem.reason}`)]);
    return kept(locals, data, 'area', () => saveArea(locals.parts.environment.dataDir, area));
  },
  remove: async ({ locals, request }) => {
    mayWrite(locals);
    const data = await request.formData();
    const code = String(data.get('code') ?? '');
    return kept(locals, data, 'removed', () => removeArea(locals.parts.environment.dataDir, code));
  },
  alias: async ({ locals, request }) => {
    mayWrite(locals);
    const data = await request.formData();
    const unit = String(data.get('unit') ?? '');
    const alias = String(data.get('alias') ?? '').trim();
    const { units } = locals.parts.acts.project(locals.ruleset).ruleSet.data;
    if (alias === '' || alias.length > 100 || !units.some(({ id }) => id === unit))
      return failForm('alias', data, [problemIn(locals, 'alias', 'registries.problem.alias')]);
    if (locals.parts.tableImports.remember(unit, alias))
      return failForm('alias', data, [problemIn(locals, 'alias', 'registries.problem.alias_taken', { alias })]);
    redirect(303, pathTo('/registries?recorded=alias'));
  },
  forget: async ({ locals, request }) => {
    mayWrite(locals);
    const data = await request.formData();
    locals.parts.tableImports.forget(String(data.get('unit') ?? ''), String(data.get('alias') ?? ''));
    redirect(303, pathTo('/registries?recorded=removed'));
  },
};

/** @throws 403 for an office that is limited to units or areas: names are everybody's */
function mayWrite({ scope, locale }: App.Locals): void {
  if (!may(scope, 'registries', 'write')) error(403, translate(locale, 'entries.forbidden'));
}

function kept(locals: App.Locals, data: FormData, recorded: 'area' | 'removed', write: () => unknown) {
  const done = expecting(write);
  const problems: Problem[] =
    done !== null && typeof done === 'object' && 'detail' in done
      ? [problemIn(locals, '', 'registries.problem.file', { detail: String(done.detail) })]
      : [];
  if (problems.length > 0) return failForm('area', data, problems);
  redirect(303, pathTo(`/registries?recorded=${recorded}`));
}

/** A file that is wrong is told on the page. */
function expecting<T>(work: () => T): T | { detail: string } {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof AreasError) return { detail: cause.message };
    throw cause;
  }
}
