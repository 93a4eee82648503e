/** Answers that a real provider never gives: of a made-up one, whose tokens and faults the test decides. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { OidcAwayError, type OidcFlow, OidcSignIn } from './oidc-sign-in.ts';

const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
const CALLBACK = 'https://jd.example/hengjian/sign-in/oidc/callback';

/** What the provider does, set by each test. */
let says: {
  key: KeyObject;
  claims: Record<string, unknown>;
  userinfo: Record<string, unknown>;
  tokenStatus: number;
  discoveryStatus: number;
};
let issuer = '';
let asked: { authorization?: string | undefined; body: string }[] = [];
let discovered = 0;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function signed(claims: object, key: KeyObject): string {
  const text = `${part({ alg: 'RS256', kid: 'a' })}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const answer = (value: object, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  switch (request.url) {
    case '/.well-known/openid-configuration':
      discovered += 1;
      return answer(
        {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          userinfo_endpoint: `${issuer}/me`,
        },
        says.discoveryStatus,
      );
    case '/jwks':
      return answer({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'a', use: 'sig', alg: 'RS256' }] });
    case '/token':
      asked.push({ authorization: request.headers.authorization, body });
      return answer(
        { access_token: 'x', token_type: 'Bearer', id_token: signed(says.claims, says.key) },
        says.tokenStatus,
      );
    default:
      return answer(says.userinfo);
  }
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const open = (claim = 'sub', now?: () => number) =>
  new OidcSignIn({ issuer, clientId: 'hengjian', clientSecret: 'geheim', claim }, now);
/** Somebody comes back from the provider with whatever it says. */
async function comeBack(oidc: OidcSignIn, change: Record<string, unknown> = {}, flowChange: Partial<OidcFlow> = {}) {
  const { address, flow } = await oidc.begin(CALLBACK);
  const now = Math.floor(Date.now() / 1000);
  says.claims = { iss: issuer, aud: 'hengjian', sub: 'office', iat: now, exp: now + 60, nonce: flow.nonce, ...change };
  const answer = await oidc.finish(new URL(`${CALLBACK}?code=c&state=${flow.state}`), { ...flow, ...flowChange });
  return { address, answer };
}
beforeEach(() => {
  asked = [];
  says = { key: own.privateKey, claims: {}, userinfo: { sub: 'office' }, tokenStatus: 200, discoveryStatus: 200 };
});

test('code, PKCE, state and nonce; who comes back is named by the claim', async () => {
  const { address, answer } = await comeBack(open());
  expect(answer).toEqual({ state: 'named', value: 'office' });
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'hengjian',
    redirect_uri: CALLBACK,
    scope: 'openid',
    code_challenge_method: 'S256',
  });
  const [{ authorization, body } = { body: '' }] = asked;
  expect(authorization).toBe(`Basic ${Buffer.from('hengjian:geheim').toString('base64')}`);
  expect(new URLSearchParams(body).get('code_verifier')).toMatch(/^[\w-]{43,}$/);
  expect(new URLSearchParams(body).get('redirect_uri')).toBe(CALLBACK);
  expect(address.href).not.toContain('geheim');
});

test.each([
  ['signed by a key that is not the provider’s', {}, () => (says.key = foreign.privateKey)],
  ['for another client', { aud: 'other' }],
  ['of another issuer', { iss: 'https://evil.example' }],
  ['for another attempt', { nonce: 'other' }],
  ['without a nonce', { nonce: undefined }],
  ['long expired', { exp: 1_000 }],
] as [string, object, (() => unknown)?][])('a token %s lets nobody in', async (_, change, prepare) => {
  prepare?.();
  expect((await comeBack(open(), { ...change })).answer.state).toBe('refused');
});

test('an answer to another attempt is refused before the provider is asked', async () => {
  expect((await comeBack(open(), {}, { state: 'other' })).answer.state).toBe('refused');
  expect(asked).toEqual([]);
});

test('a claim that the token lacks is asked for; about somebody else, or no text, it names nobody', async () => {
  says.userinfo = { sub: 'office', preferred_username: '张三' };
  const { address, answer } = await comeBack(open('preferred_username'));
  expect(answer).toEqual({ state: 'named', value: '张三' });
  expect(address.searchParams.get('scope')).toBe('openid profile');
  says.userinfo = { sub: 'other', preferred_username: '张三' };
  expect((await comeBack(open('preferred_username'))).answer.state).toBe('refused');
  says.userinfo = { sub: 'office', preferred_username: ['office'] };
  expect((await comeBack(open('preferred_username'))).answer).toEqual({ state: 'unnamed' });
  says.userinfo = { sub: 'office' };
  expect((await comeBack(open('preferred_username'))).answer).toEqual({ state: 'unnamed' });
});

test('a provider that is away is told from one that says no, and left in peace for some seconds', async () => {
  says.tokenStatus = 503;
  await expect(comeBack(open())).rejects.toThrow(OidcAwayError);
  says.tokenStatus = 200;
  says.discoveryStatus = 500;
  let now = 0;
  const oidc = open('sub', () => now);
  discovered = 0;
  await expect(Promise.all([oidc.begin(CALLBACK), oidc.begin(CALLBACK)])).rejects.toThrow(OidcAwayError);
  await expect(oidc.begin(CALLBACK)).rejects.toThrow(OidcAwayError);
  expect(discovered).toBe(1);
  says.discoveryStatus = 200;
  now = 5_001;
  expect((await comeBack(oidc)).answer).toEqual({ state: 'named', value: 'office' });
});
