import { pathTo } from '#lib/path-to.ts';

/** What the server says at first and after each refresh. */
export interface RefreshNews {
  build_id: string | null;
}

export interface StreamListener {
  news(state: RefreshNews): void;
  /** Whether the server cannot be heard; not called while a planned end is followed by a new beginning. */
  silent(isSilent: boolean): void;
  /** The session has ended. */
  refused(): void;
}

/** Milliseconds until a refused stream is asked for again. */
const REFUSED_FOR = 3_000;

/** The stream of updates of the server; returns how to end it. */
export function openUpdateStream({ news, silent, refused }: StreamListener): () => void {
  const address = pathTo('/api/v1/updates');
  const ended = new AbortController();
  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function connect(): void {
    if (ended.signal.aborted) return;
    source = new EventSource(address);
    source.addEventListener('refresh', ({ data }: MessageEvent<string>) => news(JSON.parse(data)));
    source.addEventListener('open', () => {
      failures = 0;
      silent(false);
    });
    source.addEventListener('error', () => {
      failures += 1;
      // The server ends each stream now and then; the browser begins a new one. Only one that does not begin is news.
      if (failures > 1) silent(true);
      // The browser tries again by itself where nobody answered; not where it was refused.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(() => void askWhy(), REFUSED_FOR);
    });
  }

  /** Refused: either the session has ended, or the server is in trouble for a while. */
  async function askWhy(): Promise<void> {
    const asking = new AbortController();
    const status = await fetch(address, { signal: AbortSignal.any([asking.signal, ended.signal]) }).then(
      (answer) => answer.status,
      () => 0,
    );
    asking.abort();
    if (status === 401) refused();
    else connect();
  }

  connect();
  return () => {
    ended.abort();
    clearTimeout(again);
    source.close();
  };
}
