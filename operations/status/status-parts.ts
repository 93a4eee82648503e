/** Whether the parts of an `up` on this data directory are ready, by their own word. */
import { join } from 'node:path';
import { type Environment, readRunFile } from '@hengjian/warehouse';
import type { Problem } from './status.ts';

const ANSWER_WITHIN_MS = 3_000;

/** Empty when nothing runs on the data directory. */
export async function findPartProblems({ dataDir }: Pick<Environment, 'dataDir'>): Promise<Problem[]> {
  const parts = readRunFile(dataDir)?.parts ?? [];
  const problems = await Promise.all(
    parts.map(async ({ name, url }): Promise<Problem | undefined> => {
      const down = await whyNotReady(url);
      return down === undefined
        ? undefined
        : {
            problem: 'part_down',
            text: `The ${name} at ${url} ${down.why}.`,
            part: { name, answers: down.answers },
            todo: `${down.answers ? 'It goes on by itself when what it waits for is there' : 'up starts it again by itself, at once if it died, after a minute if it is frozen'}; if it stays like this, its log names the reason (${join(dataDir, 'hengjian.log')}, or where the output of up goes).`,
          };
    }),
  );
  return problems.filter((problem) => problem !== undefined);
}

async function whyNotReady(url: string): Promise<{ why: string; answers: boolean } | undefined> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const body = await response.text();
    return response.ok ? undefined : { why: `is not ready (${response.status}: ${reasonIn(body)})`, answers: true };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    const why =
      name === 'TimeoutError'
        ? `did not answer within ${ANSWER_WITHIN_MS / 1000} seconds`
        : `does not answer (${cause?.code ?? (error as Error).message})`;
    return { why, answers: false };
  }
}

/** Problem details have a `detail`; the workers' answer is a list of states. */
function reasonIn(body: string): string {
  try {
    const answer = JSON.parse(body) as Record<string, unknown>;
    if (typeof answer.detail === 'string') return answer.detail.replace(/\.$/, '');
    return Object.entries(answer)
      .filter(([name]) => name !== 'status')
      .map(([name, state]) => `${name} ${state}`)
      .join('; ');
  } catch {
    return body.slice(0, 200);
  }
}
