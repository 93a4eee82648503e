import type { Environment } from '@hengjian/warehouse';
import { OidcSignIn } from './oidc-sign-in.ts';
import { readClientSecret } from './read-client-secret.ts';

/**
 * What the environment says of signing in with an account of the organisation; nobody is asked yet.
 * @returns undefined where it says nothing
 * @throws EnvironmentError naming what is wrong with the secret's file
 */
export function openOidc({ oidc }: Pick<Environment, 'oidc'>): OidcSignIn | undefined {
  return oidc && new OidcSignIn({ ...oidc, clientSecret: readClientSecret(oidc.secret) });
}
