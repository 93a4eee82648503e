/** Variables of the environment that let people sign in with an account of their organisation (OpenID Connect). */
import { resolve } from 'node:path';
import { type Static, Type } from 'typebox';

/** Of ASCII that stands in a header as it is. */
const Text = (name: string, most: number) =>
  Type.Optional(
    Type.String({ pattern: `^[\\x21-\\x7e]{1,${most}}$`, description: `${name}: 1–${most} letters, digits or signs` }),
  );

const ISSUER =
  'HENGJIAN_OIDC_ISSUER: the issuer as its provider names it, like https://login.example/realms/office (https; no user, query or "#")';

export const OIDC_VARIABLES = {
  HENGJIAN_OIDC_ISSUER: Type.Optional(
    Type.String({
      // Without TLS whoever is on the way could sign in as anybody; on the machine itself nobody is.
      pattern: '^(https://[^\\s?#@\\\\]+|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?(/[^\\s?#]*)?)$',
      description: ISSUER,
    }),
  ),
  HENGJIAN_OIDC_CLIENT_ID: Text('HENGJIAN_OIDC_CLIENT_ID', 200),
  HENGJIAN_OIDC_CLIENT_SECRET: Text('HENGJIAN_OIDC_CLIENT_SECRET', 1_000),
  HENGJIAN_OIDC_CLIENT_SECRET_FILE: Type.Optional(
    Type.String({ minLength: 1, description: 'HENGJIAN_OIDC_CLIENT_SECRET_FILE: a file that only its owner may read' }),
  ),
  HENGJIAN_OIDC_CLAIM: Type.Optional(
    Type.String({
      pattern: '^(?!email$)[A-Za-z0-9_.:/-]{1,200}$',
      description:
        'HENGJIAN_OIDC_CLAIM: the claim that names the account, such as sub or preferred_username (not email: an account name holds no "@")',
    }),
  ),
};

const names = Object.keys(OIDC_VARIABLES) as (keyof typeof OIDC_VARIABLES)[];
type Raw = { [Name in keyof typeof OIDC_VARIABLES]?: Static<(typeof OIDC_VARIABLES)[Name]> };

export interface OidcSettings {
  /** As the provider names it. */
  issuer: string;
  clientId: string;
  /** The secret itself, or the file that holds it (absolute). */
  secret: { text: string } | { file: string };
  /** Of the ID token or of userinfo; its value is the name of an account. */
  claim: string;
}

/** Which of them are missing or too many; undefined where all fit together. No value is repeated. */
export function wrongOidcVariables(raw: Raw): string | undefined {
  const given = names.filter((name) => raw[name] !== undefined);
  if (given.length === 0) return undefined;
  const missing = (['HENGJIAN_OIDC_ISSUER', 'HENGJIAN_OIDC_CLIENT_ID'] as const).filter(
    (name) => !given.includes(name),
  );
  if (missing.length > 0) return `${given[0]} is set, so ${missing.join(' and ')} must be too`;
  const secrets = given.filter((name) => name.includes('SECRET'));
  if (secrets.length !== 1)
    return 'HENGJIAN_OIDC_CLIENT_SECRET or HENGJIAN_OIDC_CLIENT_SECRET_FILE: one of the two, with HENGJIAN_OIDC_ISSUER';
  return URL.canParse(raw.HENGJIAN_OIDC_ISSUER!) ? undefined : ISSUER;
}

/** To be called once nothing is wrong with them. */
export function oidcSettings(raw: Raw): OidcSettings | undefined {
  const { HENGJIAN_OIDC_ISSUER: issuer, HENGJIAN_OIDC_CLIENT_ID: clientId } = raw;
  if (issuer === undefined || clientId === undefined) return undefined;
  const { HENGJIAN_OIDC_CLIENT_SECRET: text, HENGJIAN_OIDC_CLIENT_SECRET_FILE: file } = raw;
  return {
    issuer,
    clientId,
    secret: text === undefined ? { file: resolve(file!) } : { text },
    claim: raw.HENGJIAN_OIDC_CLAIM ?? 'sub',
  };
}
