/** A real OpenID provider (`oidc-provider`), as another site: at localhost, where the dashboard is at 127.0.0.1. Whoever types `id-NAME` is NAME there. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface IdentityProvider {
  issuer: string;
  /** Its secret for the client `hengjian`. */
  secret: string;
  /** Until then it hangs up on everybody. @param redirectUri of the client */
  begin(redirectUri: string): void;
  close(): Promise<void>;
}

export async function identityProvider(): Promise<IdentityProvider> {
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = ({ socket }) => socket.destroy();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const secret = randomBytes(24).toString('base64url');
  return {
    issuer,
    secret,
    begin(redirectUri) {
      const provider = new Provider(issuer, {
        clients: [{ client_id: 'hengjian', client_secret: secret, redirect_uris: [redirectUri] }],
        claims: { openid: ['sub'], profile: ['preferred_username'] },
        findAccount: (_: unknown, id: string) => ({
          accountId: id,
          claims: () => ({ sub: id, preferred_username: id.replace('id-', '') }),
        }),
        cookies: { keys: [randomBytes(24).toString('hex')] },
      });
      answer = provider.callback();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
