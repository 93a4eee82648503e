export interface WatchLoop {
  everyMs: number;
  look: () => Promise<void>;
  /** What `look` rejected with; must not throw. */
  onError: (error: Error) => void | Promise<void>;
}

/** Looks at once and then every `everyMs`, never twice at a time; `stop` waits for the look that is under way. */
export function startWatch({ everyMs, look, onError }: WatchLoop): { stop(): Promise<void> } {
  let looking: Promise<void> | undefined;
  const tick = () => {
    looking ??= look()
      .catch(onError)
      .finally(() => {
        looking = undefined;
      });
  };
  tick();
  const timer = setInterval(tick, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
