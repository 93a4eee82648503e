import { Agent, request } from 'node:http';

export interface Sending {
  url: string;
  headers: Record<string, string>;
}

/**
 * Posts the bodies over `lanes` kept-alive connections, each waiting for its answer before it sends the next.
 * @returns seconds, and the milliseconds each request took
 * @throws Error when one is not answered by 2xx
 */
export async function postAll(
  bodies: readonly Buffer[],
  lanes: number,
  { url, headers }: Sending,
): Promise<{ seconds: number; ms: number[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const ms: number[] = [];
  let next = 0;
  const post = (body: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (piece) => {
            text += piece;
          });
          answer.once('end', () => {
            if (answer.statusCode! >= 200 && answer.statusCode! < 300) resolve();
            else reject(new Error(`${answer.statusCode}: ${text.slice(0, 500)}`));
          });
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  const lane = async (): Promise<void> => {
    while (next < bodies.length) {
      const body = bodies[next++]!;
      const started = performance.now();
      await post(body);
      ms.push(performance.now() - started);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return { seconds, ms };
}
