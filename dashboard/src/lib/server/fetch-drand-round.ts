import { QUICKNET } from '@hengjian/models/draw/beacon/quicknet.ts';

/** Any server will do: what it says is believed only with the network’s signature. */
const SERVERS = ['https://api.drand.sh', 'https://drand.cloudflare.com'];

/** The signature of a round, where a server can be reached and has it; a convenience, since it can be entered by hand. */
export async function fetchDrandRound(
  round: number,
  get: typeof fetch = fetch,
  servers: readonly string[] = SERVERS,
): Promise<string | undefined> {
  for (const server of servers) {
    try {
      const answer = await get(`${server}/${QUICKNET.chain}/public/${round}`, { signal: AbortSignal.timeout(4000) });
      if (!answer.ok) continue;
      const { signature } = (await answer.json()) as { signature?: unknown };
      if (typeof signature === 'string') return signature;
    } catch {
      // Without a way to the internet, or not out yet: the next one, then by hand.
    }
  }
  return undefined;
}
