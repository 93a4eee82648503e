import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';

export interface OidcOptions {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim whose value names the account. */
  claim: string;
}

/** What the browser that began keeps until it comes back: without it nobody can go on. */
export interface OidcFlow {
  state: string;
  nonce: string;
  /** PKCE (RFC 7636). */
  verifier: string;
}

/** What the provider says of who came back; `cancelled` and `refused`: nobody. */
export type OidcAnswer =
  | { state: 'named'; value: string }
  | { state: 'cancelled' }
  | { state: 'unnamed' }
  | { state: 'refused'; why: string };

/** The provider does not answer, or with a fault of its own: nothing is said about who came. */
export class OidcAwayError extends Error {
  override readonly name = 'OidcAwayError';
}

/** Seconds that one request to the provider may take. */
const TIMEOUT_S = 5;
/** Seconds by which its clock and ours may differ. */
const CLOCKS_S = 30;
/** What it says of itself holds for this long; then it is asked again, so that nobody is sent to one that is away (milliseconds). */
const KNOWN_FOR = 30_000;
/** Who was away is left in peace for this long (milliseconds). */
const AWAY_FOR = 5_000;

/**
 * Signing in with an account of the organisation: OpenID Connect Core 1.0 §3.1 (authorization code) with PKCE (S256), state and
 * nonce; the ID token's signature is checked by the provider's keys, also over TLS. The provider is asked for nothing before
 * somebody signs in, so that one that is away stops no start.
 */
export class OidcSignIn {
  /** For people, who know their provider by it. */
  readonly host: string;
  readonly claim: string;
  readonly #options: OidcOptions;
  readonly #now: () => number;
  #known: { config: Configuration; at: number } | undefined;
  #asking: Promise<Configuration> | undefined;
  #awayAt = Number.NEGATIVE_INFINITY;

  constructor(options: OidcOptions, now: () => number = () => performance.now()) {
    this.#options = options;
    this.#now = now;
    this.host = new URL(options.issuer).host;
    this.claim = options.claim;
  }

  /**
   * Where to send the browser, and what it has to bring back.
   * @param redirectUri where the provider sends it afterwards; registered there
   * @throws OidcAwayError
   */
  async begin(redirectUri: string): Promise<{ address: URL; flow: OidcFlow }> {
    const config = await this.#configuration();
    const flow = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const address = buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: this.#scope(config),
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
    });
    return { address, flow };
  }

  /**
   * @param callback the address to which the browser came back, query and all
   * @throws OidcAwayError
   */
  async finish(callback: URL, { state, nonce, verifier }: OidcFlow): Promise<OidcAnswer> {
    const config = await this.#configuration();
    try {
      const tokens = await authorizationCodeGrant(config, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      // Many providers name little in the token itself. By its subject: an answer about somebody else is refused.
      const value =
        claims[this.claim] ??
        (config.serverMetadata().userinfo_endpoint &&
          (await fetchUserInfo(config, tokens.access_token, claims.sub))[this.claim]);
      return typeof value === 'string' && value !== '' ? { state: 'named', value } : { state: 'unnamed' };
    } catch (error) {
      if (isAway(error)) throw new OidcAwayError(reasonOf(error));
      if (error instanceof AuthorizationResponseError && error.error === 'access_denied') return { state: 'cancelled' };
      return { state: 'refused', why: reasonOf(error) };
    }
  }

  #configuration(): Promise<Configuration> {
    if (this.#known && this.#now() - this.#known.at < KNOWN_FOR) return Promise.resolve(this.#known.config);
    if (this.#now() - this.#awayAt < AWAY_FOR)
      return Promise.reject(new OidcAwayError('it did not answer a moment ago'));
    this.#asking ??= this.#discover()
      .then((config) => {
        this.#known = { config, at: this.#now() };
        return config;
      })
      .catch((error: unknown) => {
        this.#awayAt = this.#now();
        throw new OidcAwayError(reasonOf(error));
      })
      .finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    const server = new URL(issuer);
    const execute = [enableNonRepudiationChecks, ...(server.protocol === 'http:' ? [allowInsecureRequests] : [])];
    return discovery(server, clientId, { [clockTolerance]: CLOCKS_S }, proveBy(clientSecret), {
      execute,
      timeout: TIMEOUT_S,
    });
  }

  /** Claims beyond the subject come with `profile`, as far as they are standard ones. */
  #scope(config: Configuration): string {
    const offered = config.serverMetadata().scopes_supported;
    return this.claim !== 'sub' && (!offered || offered.includes('profile')) ? 'openid profile' : 'openid';
  }
}

/** In the way that every provider must take (RFC 6749 §2.3.1), unless it says that it does not. */
function proveBy(clientSecret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(clientSecret), ClientSecretPost(clientSecret)];
  return (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (ways.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

function isAway(error: unknown): boolean {
  if (error instanceof TypeError) return error.message === 'fetch failed';
  if (!(error instanceof ClientError)) return false;
  if (error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT') return true;
  return error.cause instanceof Response && error.cause.status >= 500;
}

/** For the log: what the library and the provider call it. Never what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, error: name } = error as { code?: unknown; error?: unknown };
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return [name ?? code, error.message, cause].filter((part) => typeof part === 'string' && part !== '').join(': ');
}
