import { KEY_GRANTS } from '@hengjian/contract/ingest-keys.ts';
import { may } from '@hengjian/contract/permissions.ts';
import { fail } from '@sveltejs/kit';
import { mostReadKeyDays, readKeyDays } from '#accounts/read-key.ts';
import { addReadKey, endReadKey, listReadKeys } from '#accounts/read-key-store.ts';
import { listText } from '#lib/i18n/list-text.ts';
import { translate } from '#lib/i18n/translate.ts';
import { accountProblem, done, draftOf, knownOf, listed, refused } from '#lib/server/account-form.ts';
import { holdAdmin } from '#lib/server/hold-admin.ts';
import { scopeAreas, scopeChoices, scopeUnits } from '#lib/server/scope-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  holdAdmin(locals, 'keys');
  return {
    title: translate(locals.locale, 'keys.title'),
    keys: await locals.parts.ingestKeys.list(),
    readKeys: await listReadKeys(locals.parts.app),
    days: readKeyDays,
    mostDays: mostReadKeyDays,
    areas: await scopeAreas(locals),
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

  async addRead({ locals, request }) {
    holdAdmin(locals, 'keys', 'write');
    const data = await request.formData();
    const draft = draftOf(data, String(data.get('name') ?? ''));
    const days = Number(data.get('days'));
    if (!Number.isInteger(days) || days < 1 || days > mostReadKeyDays) {
      const text = translate(locals.locale, 'readkeys.problem.days', { most: mostReadKeyDays });
      return fail(400, refused('addRead', data, [{ field: 'days', text }]));
    }
    const known = knownOf(await scopeChoices(locals));
    const made = await addReadKey(locals.parts.app, draft, known, days, `account:${locals.scope.account}`);
    if (made.ok) return done('addRead', { secret: { name: draft.name, text: made.key } });
    const said = made.problems.map((one) => {
      const problem = accountProblem(locals, one);
      if (one.field !== 'name') return problem;
      const words = { value: one.value.slice(0, 80), known: listText(locals.locale, one.known) };
      return { ...problem, text: translate(locals.locale, `readkeys.problem.${one.reason as 'name_taken'}`, words) };
    });
    return fail(400, refused('addRead', data, said));
  },

  async revokeRead({ locals, request }) {
    holdAdmin(locals, 'keys', 'write');
    const data = await request.formData();
    const name = String(data.get('name') ?? '');
    if (await endReadKey(locals.parts.app, name, `account:${locals.scope.account}`))
      return done('revokeRead', { done: translate(locals.locale, 'keys.revoke.done', { name }) });
    const text = translate(locals.locale, 'keys.revoke.gone', { name });
    return fail(400, refused('revokeRead', data, [{ field: '', text }]));
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
