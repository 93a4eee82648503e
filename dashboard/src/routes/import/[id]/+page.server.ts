import { fail, redirect } from '@sveltejs/kit';
import { unitName } from '#lib/entries/unit-name.ts';
import type { MessageKey } from '#lib/i18n/catalogue.ts';
import { type MessageParams, translate } from '#lib/i18n/translate.ts';
import { faultText } from '#lib/import/fault-text.ts';
import { entryMemberName, memberName } from '#lib/import/member-name.ts';
import { unreadableText } from '#lib/import/unreadable-text.ts';
import { pathTo } from '#lib/path-to.ts';
import { departmentIn, importOf, importScene } from '#lib/server/import-scene.ts';
import { eventTypeName } from '#lib/stream/event-type-name.ts';
import type { ImportStanding } from '../../../../acts/import-acts.ts';
import type { Actions, PageServerLoad } from './$types';

type Preview = ImportStanding['previews'][number];

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends('hengjian:import');
  const { locale, scope } = locals;
  const scene = importScene(locals);
  const found = await importOf(locals, params.id);
  const { previews, department, steps, ...rest } = found;
  const [first] = rest.files;
  return {
    title: translate(locale, 'import.heading', { name: first?.name ?? '' }),
    import: {
      ...rest,
      department: department === null ? null : { id: department, name: unitName(scene.names, department) },
      brought: steps[0] ?? found.cameIn ?? 0,
      takenBack: steps.at(-1) ?? 0,
    },
    previews: previews.map((preview) => shown(preview, locals, (id) => unitName(scene.names, id))),
    totals: totalsOf(previews),
    unmatched: [...new Set(previews.flatMap(({ unmatched }) => unmatched))],
    units: scene.units,
    own: scene.own,
    mayWrite: scene.mayWrite,
    mayRemember: locals.parts.imports.mayRemember(scope),
  };
};

const COUNTS = ['fresh', 'known', 'knownVoided', 'corrected', 'refused', 'foreign'] as const;

function totalsOf(previews: readonly Preview[]): Preview['counts'] {
  const totals = { fresh: 0, known: 0, knownVoided: 0, corrected: 0, refused: 0, foreign: 0 };
  for (const { counts } of previews) for (const name of COUNTS) totals[name] += counts[name];
  return totals;
}

function shown(preview: Preview, { locale }: App.Locals, unit: (id: string) => string) {
  const { unreadable, sheets, byType, faults, foreign, corrections, ...rest } = preview;
  const placed = <T extends { reason: string; detail: string }>({ reason, detail, ...place }: T) => ({
    ...place,
    words: faultText(reason, detail, locale),
  });
  return {
    ...rest,
    unreadable: unreadable === null ? null : unreadableText(unreadable, locale),
    sheets: sheets.map(({ layout, columns, lines, ...sheet }) => ({
      ...sheet,
      layout: locale === 'en' ? layout.en : layout.zh,
      columns: columns.map(({ member, ...column }) => ({
        ...column,
        member: layout.id.startsWith('entry-')
          ? entryMemberName(member, column.text, locale)
          : memberName(member, locale),
      })),
      lines: lines.map((member) => memberName(member, locale)),
    })),
    byType: Object.entries(byType).map(([type, n]) => ({ type: eventTypeName(type, locale), n })),
    faults: faults.map(placed),
    foreign: foreign.map(placed),
    corrections: corrections.map(({ department, type, ...one }) => ({
      ...one,
      unit: unit(department),
      type: eventTypeName(type, locale),
    })),
  };
}

export const actions: Actions = {
  bring: ({ locals, params }) =>
    act(locals, params.id, (found) => locals.parts.imports.bring(locals.scope, found), 'import.not_open'),
  discard: ({ locals, params }) =>
    act(locals, params.id, (found) => locals.parts.imports.discard(locals.scope, found), 'import.not_open'),
  again: async ({ locals, params, request }) => {
    const scene = importScene(locals);
    const data = await request.formData();
    const department = departmentIn(scene, data);
    if (department === undefined) return failed(locals, 'import.other_unit', { unit: String(data.get('department')) });
    const { imports } = locals.parts;
    return act(locals, params.id, (found) => imports.readAgain(locals.scope, found, department), 'import.not_open');
  },
  remember: async ({ locals, params, request }) => {
    const scene = importScene(locals);
    const data = await request.formData();
    const { scope, parts } = locals;
    const organ = String(data.get('organ') ?? '').trim();
    const unit = String(data.get('unit') ?? '');
    if (organ === '' || !scene.units.some(({ id }) => id === unit))
      return failed(locals, 'import.choose_unit', { organ });
    if (parts.imports.remember(scope, unit, organ)) return failed(locals, 'import.alias_taken', { organ });
    return act(
      locals,
      params.id,
      (found) => parts.imports.readAgain(scope, found, found.department),
      'import.not_open',
    );
  },
  undo: async (event) => back(event, 'undo'),
  restore: async (event) => back(event, 'restore'),
};

async function back(
  { locals, params, request }: { locals: App.Locals; params: { id: string }; request: Request },
  way: 'undo' | 'restore',
) {
  const reason = String((await request.formData()).get('reason') ?? '').trim();
  if (reason === '') return failed(locals, 'import.reason_missing');
  const { imports } = locals.parts;
  return act(locals, params.id, (found) => imports[way](locals.scope, found, reason.slice(0, 500)), 'import.busy');
}

/** @param refusal why nothing was begun */
async function act(
  locals: App.Locals,
  id: string,
  begin: (found: ImportStanding) => Promise<boolean>,
  refusal: MessageKey,
) {
  importScene(locals);
  const found = await importOf(locals, id);
  if (found.rows !== null) return failed(locals, 'import.busy');
  if (!(await begin(found))) return failed(locals, refusal);
  redirect(303, pathTo(`/import/${id}`));
}

function failed({ locale }: App.Locals, key: MessageKey, params: MessageParams = {}) {
  return fail(400, { problems: [{ field: '', text: translate(locale, key, params) }] });
}
