import { readFileSync, statSync } from 'node:fs';
import { type Environment, EnvironmentError } from '@hengjian/warehouse';

/** What a client secret in a file may be: of ASCII that stands in a header as it is. */
const SECRET = /^[\x21-\x7e]{1,1000}$/;
const NAME = 'HENGJIAN_OIDC_CLIENT_SECRET_FILE';

/**
 * The secret by which this installation proves to the provider who it is.
 * @throws EnvironmentError where its file cannot be read, holds none, or can be read by others (like SSH keys: 0600)
 */
export function readClientSecret(secret: NonNullable<Environment['oidc']>['secret']): string {
  if ('text' in secret) return secret.text;
  const { file } = secret;
  let text: string;
  try {
    const { mode } = statSync(file);
    if (process.platform !== 'win32' && mode & 0o077)
      throw new EnvironmentError(
        `${NAME}: others than its owner may read or write ${file} (${(mode & 0o777).toString(8)}); chmod 600 ${file}`,
      );
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new EnvironmentError(`${NAME}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (!SECRET.test(text))
    throw new EnvironmentError(`${NAME}: ${file} must hold the secret and nothing else, on one line`);
  return text;
}
