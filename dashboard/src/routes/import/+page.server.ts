import { fail, redirect } from '@sveltejs/kit';
import { unitName } from '#lib/entries/unit-name.ts';
import type { Problem } from '#lib/forms/form-values.ts';
import type { MessageKey } from '#lib/i18n/catalogue.ts';
import { type MessageParams, translate } from '#lib/i18n/translate.ts';
import { IMPORT_LIMIT_BYTES, MOST_FILES } from '#lib/import/import-limit.ts';
import { pathTo } from '#lib/path-to.ts';
import { departmentIn, importScene } from '#lib/server/import-scene.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:import');
  const { locale, parts, scope } = locals;
  const scene = importScene(locals);
  const [imports, lists] = await Promise.all([parts.imports.list(scope), parts.storedLists.kinds(scope)]);
  const named = ({ id, zh, en }: { id: string; zh: string; en: string }) => ({ id, name: locale === 'en' ? en : zh });
  return {
    title: translate(locale, 'import.title'),
    mayWrite: scene.mayWrite,
    isLimited: scope.units !== 'all',
    own: scene.own,
    templates: parts.tableImports.templates().map(named),
    lists: lists.map(named),
    imports: imports.map(({ id, account, startedAt, files, state, steps }) => ({
      id,
      account,
      startedAt,
      name: files[0]?.name ?? '',
      n: files.length,
      state,
      brought: steps[0] ?? null,
    })),
  };
};

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const scene = importScene(locals);
    // Before anything of it is read: what is too large is read by nobody.
    if (Number(request.headers.get('content-length') ?? 0) > IMPORT_LIMIT_BYTES + 64 * 1024)
      return failed(locals, 413, 'import.too_large');
    const data = await request.formData();
    const files = data.getAll('files').filter((one): one is File => one instanceof File && one.name !== '');
    if (files.length === 0) return failed(locals, 400, 'import.no_file');
    if (files.length > MOST_FILES) return failed(locals, 400, 'import.too_many', { most: MOST_FILES });
    const empty = files.find(({ size }) => size === 0);
    if (empty) return failed(locals, 400, 'import.empty_file', { name: empty.name });
    if (files.reduce((sum, { size }) => sum + size, 0) > IMPORT_LIMIT_BYTES)
      return failed(locals, 413, 'import.too_large');
    const department = departmentIn(scene, data);
    if (department === undefined) {
      const unit = unitName(scene.units, String(data.get('department')));
      return failed(locals, 400, 'import.other_unit', { unit }, 'department');
    }
    const id = await locals.parts.imports.send(locals.scope, files, department);
    if (typeof id !== 'string') {
      const key = id.full === 'account' ? 'import.too_many_own' : 'import.too_many_open';
      return failed(locals, 429, key, { most: id.most });
    }
    redirect(303, pathTo(`/import/${id}`));
  },
};

function failed({ locale }: App.Locals, status: number, key: MessageKey, params: MessageParams = {}, field = 'files') {
  const problems: Problem[] = [{ field, text: translate(locale, key, params) }];
  return fail(status, { problems });
}
