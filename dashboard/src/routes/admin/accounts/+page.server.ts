import { may } from '@hengjian/contract/permissions.ts';
import { fail } from '@sveltejs/kit';
import { listAccounts, saveAccount } from '#accounts/account-store.ts';
import { accountOf, checkNewAccount } from '#accounts/check-account.ts';
import { countSessions, lastSignIns } from '#accounts/list-sessions.ts';
import { createSignInToken, linkHours, signInAddress } from '#accounts/sign-in-link.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { accountProblem, done, draftOf, knownOf, refused } from '#lib/server/account-form.ts';
import { holdAdmin } from '#lib/server/hold-admin.ts';
import { scopeChoices } from '#lib/server/scope-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  holdAdmin(locals, 'accounts');
  const { app } = locals.parts;
  const [accounts, open, last, choices] = await Promise.all([
    listAccounts(app),
    countSessions(app),
    lastSignIns(app),
    scopeChoices(locals),
  ]);
  return {
    title: translate(locals.locale, 'accounts.title'),
    accounts: accounts.map((account) => ({
      ...account,
      sessions: open.get(account.name) ?? 0,
      lastSignIn: last.get(account.name),
    })),
    choices,
    linkHours,
    mayWrite: may(locals.scope, 'accounts', 'write'),
  };
};

export const actions: Actions = {
  async add({ locals, request, url }) {
    holdAdmin(locals, 'accounts', 'write');
    const { app, logger } = locals.parts;
    const data = await request.formData();
    const draft = draftOf(data, String(data.get('name') ?? ''));
    const problems = checkNewAccount(draft, knownOf(await scopeChoices(locals)), await listAccounts(app));
    if (problems.length > 0) {
      const said = problems.map((problem) => accountProblem(locals, problem));
      return fail(400, refused('add', data, said));
    }
    const by = `account:${locals.scope.account}`;
    await saveAccount(app, accountOf(draft), by);
    logger.info({ account: draft.name, by, requestId: locals.requestId }, 'account made');
    const text = signInAddress(url.origin + pathTo('/'), await createSignInToken(app, draft.name));
    return done('add', { secret: { name: draft.name, text } });
  },
};
