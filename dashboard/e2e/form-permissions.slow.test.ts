/**
 * Every form × role × scope on a running dashboard against contract §4 as it is written there: who may not is refused before
 * anything is read, who may is told what is wrong with a form that cannot be read.
 */
import type { Role } from '@hengjian/contract/scope.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formActions } from './form-actions.ts';
import { type SignedInDashboard, signedInDashboard } from './signed-in-dashboard.ts';

/** Role, units, areas. */
type Limited = readonly [Role, (readonly string[])?, (readonly string[])?];

/** One of each role, without a limit; and limited ones: a unit other than the one at hand, an office or administrator of one unit or one area. */
const ASKERS = {
  office: ['office'],
  leader: ['leader'],
  unit: ['unit', ['scjg']],
  inspector: ['inspector'],
  auditor: ['auditor'],
  admin: ['admin'],
  'other-unit': ['unit', ['czj']],
  'unit-in-area': ['unit', ['scjg'], ['320671001']],
  'office-of-unit': ['office', ['scjg']],
  'office-of-area': ['office', [], ['320671001']],
  'auditor-of-area': ['auditor', [], ['320671001']],
  'inspector-of-area': ['inspector', [], ['320671001']],
  'admin-of-unit': ['admin', ['scjg']],
} as const satisfies Record<string, Limited>;
type Asker = keyof typeof ASKERS;

const EVERYBODY = Object.keys(ASKERS) as Asker[];
/** What all units together are about: no limit reaches it. */
const OFFICE: Asker[] = ['office'];
/** What a unit can be about, and no area. */
const OFFICE_BY_UNIT: Asker[] = ['office', 'office-of-unit'];
const UNITS: Asker[] = ['office', 'unit', 'other-unit', 'office-of-unit'];
const ADMIN: Asker[] = ['admin'];
const INSPECTORS: Asker[] = ['inspector', 'inspector-of-area'];
const NOTHING = '00000000-0000-4000-8000-000000000000';

/**
 * Contract §4, by form: who may, an address at which it changes nothing that others here need, and what to send where the form is
 * read before it is known who may; else one that cannot be read.
 */
const FORMS: Record<string, { may: Asker[]; at?: string; body?: string }> = {
  '/account?/end': { may: EVERYBODY },
  '/account?/others': { may: EVERYBODY },
  '/account?/everywhere': { may: EVERYBODY },
  '/admin/accounts?/add': { may: ADMIN },
  '/admin/accounts/[account]?/change': { may: ADMIN, at: '/admin/accounts/nobody?/change' },
  '/admin/accounts/[account]?/link': { may: ADMIN, at: '/admin/accounts/nobody?/link' },
  '/admin/accounts/[account]?/signOut': { may: ADMIN, at: '/admin/accounts/nobody?/signOut' },
  '/admin/accounts/[account]?/disable': { may: ADMIN, at: '/admin/accounts/nobody?/disable' },
  '/admin/accounts/[account]?/enable': { may: ADMIN, at: '/admin/accounts/nobody?/enable' },
  '/admin/keys?/add': { may: ADMIN },
  '/admin/keys?/addRead': { may: ADMIN },
  '/admin/keys?/revoke': { may: ADMIN },
  '/admin/keys?/revokeRead': { may: ADMIN },
  '/draws?/plan': { may: OFFICE },
  '/draws/new?/task': { may: OFFICE },
  '/draws/new?/commit': { may: OFFICE },
  '/draws/inspectors?/save': { may: UNITS },
  '/draws/inspectors?/recusal': { may: UNITS },
  '/entries/lists?/rows': { may: UNITS, body: 'quarter=x' },
  '/entries/lists?/zero': { may: UNITS, body: 'quarter=x' },
  '/entries/lists?/file': { may: UNITS },
  '/entries/marks': { may: OFFICE_BY_UNIT },
  '/entries/materials?/due': { may: OFFICE_BY_UNIT },
  '/entries/materials?/submitted': { may: UNITS },
  '/entries/meetings?/meeting': { may: OFFICE_BY_UNIT },
  '/entries/meetings?/attendance': { may: OFFICE_BY_UNIT },
  '/entries/outages': { may: OFFICE_BY_UNIT },
  '/entries/pushes?/claim': { may: UNITS },
  '/entries/pushes?/return': { may: UNITS },
  '/entries/pushes?/feedback': { may: UNITS },
  '/entries/voids': { may: OFFICE_BY_UNIT },
  '/import': { may: UNITS },
  '/objections?/answer': { may: OFFICE },
  '/objections?/withdraw': { may: UNITS },
  '/preferences': { may: EVERYBODY },
  '/publications/[quarter]?/show': { may: OFFICE, at: '/publications/1999Q1?/show' },
  '/publications/[quarter]?/close': { may: OFFICE, at: '/publications/1999Q1?/close' },
  '/publications/[quarter]?/preview': { may: OFFICE, at: '/publications/1999Q1?/preview' },
  '/publications/[quarter]?/correct': { may: OFFICE, at: '/publications/1999Q1?/correct' },
  '/publications/[quarter]/circular?/save': { may: OFFICE, at: '/publications/2025Q1/circular?/save' },
  '/publications/[quarter]/circular?/issue': { may: OFFICE, at: '/publications/2025Q1/circular?/issue' },
  '/publications/[quarter]/circular?/check': { may: OFFICE, at: '/publications/2025Q1/circular?/check' },
  '/publications/verify': { may: ['office', 'auditor'] },
  '/registries?/area': { may: OFFICE },
  '/registries?/remove': { may: OFFICE },
  '/registries?/alias': { may: OFFICE },
  '/registries?/forget': { may: OFFICE },
  // Who may assign is known once the form is read.
  '/risk/alerts?/assign': { may: OFFICE_BY_UNIT, body: 'alert=none' },
  '/risk/alerts?/dispose': { may: [...UNITS, 'unit-in-area', 'office-of-area'] },
  '/rules/whatif': { may: OFFICE },
  '/sign-in/[token]': { may: EVERYBODY, at: '/sign-in/none' },
  '/sign-out': { may: EVERYBODY },
  '/tasks/[task]/[subject]?/result': { may: INSPECTORS, at: '/tasks/RW-1/91320600MA10000000?/result' },
  '/units/[unit]/[item]/objection': {
    // Whose unit it is says the act itself, in a sentence beside the form.
    may: UNITS,
    at: '/units/scjg/claim/objection',
  },
  ...Object.fromEntries(
    ['run', 'drandRound', 'assign', 'replace', 'recuse', 'announce', 'publish'].map((name) => [
      // Results are published by the department that inspects, the rest is the office's.
      `/draws/[task]?/${name}`,
      { may: name === 'publish' ? UNITS : OFFICE, at: `/draws/T7-2025Q2-scjg-1?/${name}` },
    ]),
  ),
  ...Object.fromEntries(
    ['bring', 'discard', 'again', 'remember', 'undo', 'restore'].map((name) => [
      `/import/[id]?/${name}`,
      {
        may: UNITS,
        at: `/import/${NOTHING}?/${name}`,
        ...(name === 'undo' || name === 'restore' ? { body: 'reason=x' } : {}),
      },
    ]),
  ),
};
/** Open to who is not signed in. */
const OPEN = ['/preferences', '/sign-in/[token]'];

let dashboard: SignedInDashboard;
beforeAll(async () => {
  dashboard = await signedInDashboard();
  for (const asker of EVERYBODY) await signIn(asker);
}, 600_000);
afterAll(() => dashboard?.close());

const signIn = (asker: Asker): Promise<void> => {
  const [role, units = [], areas = []]: Limited = ASKERS[asker];
  return dashboard.signIn(asker, role, [...units], [...areas]);
};

/** A form that cannot be read: who is let in is told so, and nothing comes of it. */
const send = (at: string, asker: string, body?: string) =>
  body === undefined
    ? dashboard.post(at, asker, 'x', 'multipart/form-data; boundary=a')
    : dashboard.post(at, asker, body);

test('each form of the sources has its line in the table, and each line its form', () => {
  expect(Object.keys(FORMS).sort()).toEqual(formActions());
});

describe.each(Object.entries(FORMS))('%s', (form, { may, at = form, body }) => {
  test('who may, and nobody else', async () => {
    const refused: string[] = [];
    for (const asker of EVERYBODY) {
      const response = await send(at, asker, body);
      expect([form, asker, response.status < 500]).toEqual([form, asker, true]);
      await response.body?.cancel();
      // Those that end the session which asks.
      if (/sign-out|everywhere/.test(form)) await signIn(asker);
      if (response.status === 403 && form !== '/sign-in/[token]') refused.push(asker);
    }
    expect(refused).toEqual(EVERYBODY.filter((asker) => !may.includes(asker)));
    const { status, headers } = await send(at, 'nobody-at-all');
    const isAway = status === 303 && headers.get('location') === '/sign-in';
    expect([form, isAway]).toEqual([form, !OPEN.includes(form)]);
  }, 180_000);

  test('from another site it is taken from nobody', async () => {
    const response = await fetch(dashboard.url + at, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example' },
      body: 'a=b',
    });
    expect(response.status).toBe(403);
  });
});
