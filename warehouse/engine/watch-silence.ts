import { setTimeout as pause } from 'node:timers/promises';

/** How long silence is borne: this many probes in a row, each waited for this long. */
export interface Patience {
  probes: number;
  probeMs: number;
}

/** A minute: engine and parts under the heaviest load of a small machine answer within a second or two. */
const PATIENCE: Patience = { probes: 3, probeMs: 20_000 };

export interface SilenceWatch {
  /** Whether the process answers, before `signal` aborts; must not throw. */
  ask: (signal: AbortSignal) => Promise<boolean>;
  /** Called once, with how long it has been silent in seconds; the watch is over then. */
  onSilent: (seconds: number) => void;
  patience?: Patience;
}

/** Asks a process without end whether it answers; returns what ends the watch. */
export function watchSilence({ ask, onSilent, patience = PATIENCE }: SilenceWatch): () => void {
  const { probes, probeMs } = patience;
  const ending = new AbortController();
  const watch = async () => {
    for (let silent = 0; silent < probes; ) {
      const due = performance.now() + probeMs;
      const answered = await ask(AbortSignal.any([ending.signal, AbortSignal.timeout(probeMs)]));
      await pause(Math.max(0, due - performance.now()), undefined, { ref: false, signal: ending.signal });
      // This process did not run when it should have, so the machine slept or was paused, and the one asked with it.
      const slept = performance.now() - due > probeMs / 4;
      silent = answered || slept ? 0 : silent + 1;
    }
    onSilent((probes * probeMs) / 1_000);
  };
  watch().catch((error: Error) => {
    if (!ending.signal.aborted) throw error;
  });
  return () => ending.abort();
}
