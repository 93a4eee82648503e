import { may } from '@hengjian/contract/permissions.ts';
import { error, fail } from '@sveltejs/kit';
import { type Account, scopeOf } from '#accounts/account.ts';
import { accountHistory } from '#accounts/account-history.ts';
import { findAccount, saveAccount } from '#accounts/account-store.ts';
import { accountOf, checkScope } from '#accounts/check-account.ts';
import { listSessions } from '#accounts/list-sessions.ts';
import { createSignInToken, linkHours, signInAddress } from '#accounts/sign-in-link.ts';
import { signOutEverywhere } from '#accounts/sign-out.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { accountProblem, done, draftOf, knownOf, refused } from '#lib/server/account-form.ts';
import { holdAdmin } from '#lib/server/hold-admin.ts';
import { scopeChoices } from '#lib/server/scope-choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends('hengjian:data');
  holdAdmin(locals, 'accounts');
  const { app } = locals.parts;
  const account = await existing(locals, params.account);
  const [history, sessions, choices] = await Promise.all([
    accountHistory(app, account.name),
    listSessions(app, account.name),
    scopeChoices(locals),
  ]);
  return {
    title: account.name,
    shown: account,
    history,
    sessions,
    choices,
    linkHours,
    isSelf: account.name === locals.scope.account,
    mayWrite: may(locals.scope, 'accounts', 'write'),
  };
};

/** @throws 404 */
async function existing({ locale, parts }: App.Locals, name: string): Promise<Account> {
  const account = await findAccount(parts.app, name);
  if (!account)
    error(404, translate(locale, 'accounts.gone', { name }), { wayOut: translate(locale, 'accounts.gone.way_out') });
  return account;
}

/** Who may do it, to which account, and who did. */
async function begin(locals: App.Locals, name: string, what: string) {
  holdAdmin(locals, 'accounts', 'write');
  const account = await existing(locals, name);
  const by = `account:${locals.scope.account}`;
  locals.parts.logger.info({ account: name, by, what, requestId: locals.requestId }, 'account managed');
  return { account, by, isSelf: name === locals.scope.account, app: locals.parts.app };
}

const own = ({ locale }: App.Locals) => ({ field: '', text: translate(locale, 'accounts.self') });
const isManager = (account: Account) => may(scopeOf(account), 'accounts', 'write');

async function setDisabled(locals: App.Locals, name: string, disabled: boolean) {
  const form = disabled ? 'disable' : 'enable';
  const { account, by, isSelf, app } = await begin(locals, name, form);
  if (isSelf && disabled) return fail(400, refused(form, new FormData(), [own(locals)]));
  await saveAccount(app, { ...account, disabled }, by);
  // Also when it is enabled: sessions from before are not to come back.
  await signOutEverywhere(app, name);
  return done(form, {
    done: translate(locals.locale, disabled ? 'accounts.disabled.done' : 'accounts.enabled.done', { name }),
  });
}

export const actions: Actions = {
  async change({ locals, params, request }) {
    const { account, by, isSelf, app } = await begin(locals, params.account, 'change');
    const data = await request.formData();
    const draft = draftOf(data, account.name);
    const problems = checkScope(draft, knownOf(await scopeChoices(locals))).map((one) => accountProblem(locals, one));
    const changed = accountOf(draft, account.disabled);
    if (problems.length === 0 && isSelf && !isManager(changed)) problems.push(own(locals));
    if (problems.length > 0) return fail(400, refused('change', data, problems));
    await saveAccount(app, changed, by);
    return done('change', { done: translate(locals.locale, 'accounts.changed') });
  },

  async link({ locals, params, url }) {
    const { account, app } = await begin(locals, params.account, 'link');
    if (account.disabled) {
      const text = translate(locals.locale, 'accounts.is_disabled');
      return fail(400, refused('link', new FormData(), [{ field: '', text }]));
    }
    await signOutEverywhere(app, account.name);
    const text = signInAddress(url.origin + pathTo('/'), await createSignInToken(app, account.name));
    return done('link', { secret: { name: account.name, text } });
  },

  async signOut({ locals, params }) {
    const { account, app } = await begin(locals, params.account, 'sign out');
    await signOutEverywhere(app, account.name);
    return done('signOut', { done: translate(locals.locale, 'accounts.signed_out', { name: account.name }) });
  },

  disable: ({ locals, params }) => setDisabled(locals, params.account, true),
  enable: ({ locals, params }) => setDisabled(locals, params.account, false),
};
