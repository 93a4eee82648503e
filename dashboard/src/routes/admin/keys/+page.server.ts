import { KEY_GRANTS } from '@hengjian/contract/ingest-keys.ts';
import { may } from '@hengjian/contract/permissions.ts';
import { fail } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { done, listed, refused } from '#lib/server/account-form.ts';
import { holdAdmin } from '#lib/server/hold-admin.ts';
import { scopeUnits } from '#lib/server/scope-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  holdAdmin(locals, 'keys');
  return {
    title: translate(locals.locale, 'keys.title'),
    keys: await locals.parts.ingestKeys.list(),
    grants: KEY_GRANTS,
    units: scopeUnits(locals),
    mayWrite: may(locals.scope, 'keys', 'write'),
  };
};

export const actions: Actions = {
  async add({ locals, request }) {
    holdAdmin(locals, 'keys', 'write');
    const data = await request.formData();
    const name = String(data.get('name') ?? '').trim();
    const key = {
      name,
      sources: listed(data.get('sources')),
      units: data.getAll('units').map(String),
      may: data.getAll('may').map(String),
    };
    const made = await locals.parts.ingestKeys.add(key, `account:${locals.scope.account}`);
    if (!made.ok) {
      const { field, reason, value } = made.problem;
      const text = translate(locals.locale, `keys.problem.${reason}`, { value: value.slice(0, 80) });
      return fail(400, refused('add', data, [{ field, text }]));
    }
    return done('add', { secret: { name, text: made.key } });
  },

  async revoke({ locals, request }) {
    holdAdmin(locals, 'keys', 'write');
    const data = await request.formData();
    const name = String(data.get('name') ?? '');
    if (await locals.parts.ingestKeys.revoke(name, `account:${locals.scope.account}`))
      return done('revoke', { done: translate(locals.locale, 'keys.revoke.done', { name }) });
    const text = translate(locals.locale, 'keys.revoke.gone', { name });
    return fail(400, refused('revoke', data, [{ field: '', text }]));
  },
};
