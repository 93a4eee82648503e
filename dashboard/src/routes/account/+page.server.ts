import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import type { Account } from '#accounts/account.ts';
import { endOtherSessions, endSessionOf } from '#accounts/end-sessions.ts';
import { listSessions, sessionId } from '#accounts/list-sessions.ts';
import { signOutEverywhere } from '#accounts/sign-out.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { done, refused } from '#lib/server/account-form.ts';
import { areaNames } from '#lib/server/area-names.ts';
import { scopeUnits } from '#lib/server/scope-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, locals }) => {
  const account = ownAccount(locals);
  const { app } = locals.parts;
  return {
    title: translate(locals.locale, 'account.title'),
    own: { ...account, areas: account.areas.map(areaNames(locals)) },
    units: scopeUnits(locals).filter(({ id }) => account.units.includes(id)),
    sessions: await listSessions(app, account.name),
    current: sessionId(tokenOf({ cookies, locals })),
  };
};

/** The table of access lets nobody in without one. */
function ownAccount({ account }: App.Locals): Account {
  if (!account) throw new Error('a page of one’s own account was reached without one');
  return account;
}

const tokenOf = ({ cookies, locals }: Pick<RequestEvent, 'cookies' | 'locals'>): string =>
  cookies.get(locals.parts.sessionCookie) ?? '';

/** Out of this browser too. */
function leave({ cookies, locals }: Pick<RequestEvent, 'cookies' | 'locals'>): never {
  cookies.delete(locals.parts.sessionCookie, { path: pathTo('/') });
  redirect(303, pathTo('/sign-in'));
}

export const actions: Actions = {
  async end(event) {
    const { locals, request } = event;
    const { name } = ownAccount(locals);
    const data = await request.formData();
    const id = String(data.get('id') ?? '');
    const open = await listSessions(locals.parts.app, name);
    if (!open.some((session) => session.id === id)) {
      const text = translate(locals.locale, 'account.end.none');
      return fail(400, refused('end', data, [{ field: '', text }]));
    }
    await endSessionOf(locals.parts.app, name, id);
    if (id === sessionId(tokenOf(event))) leave(event);
    return done('end', { done: translate(locals.locale, 'account.end.done') });
  },

  async others(event) {
    const { locals } = event;
    await endOtherSessions(locals.parts.app, ownAccount(locals).name, tokenOf(event));
    return done('others', { done: translate(locals.locale, 'account.others.done') });
  },

  async everywhere(event) {
    await signOutEverywhere(event.locals.parts.app, ownAccount(event.locals).name);
    return leave(event);
  },
};
