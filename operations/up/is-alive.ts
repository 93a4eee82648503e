import type { ChildProcess } from 'node:child_process';
import type { PartMessage } from './parts.ts';

/** Whether the part's process says anything at all before `signal` aborts: by its own channel, so from its first moment on. */
export function isAlive(child: ChildProcess, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const hear = (message: PartMessage) => message.kind === 'alive' && answer(true);
    const answer = (alive: boolean) => {
      child.off('message', hear);
      resolve(alive);
    };
    child.on('message', hear);
    signal.addEventListener('abort', () => answer(false), { once: true });
    if (child.connected) child.send('ask', () => {});
  });
}
