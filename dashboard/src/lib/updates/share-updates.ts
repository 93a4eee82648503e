import { pathTo } from '#lib/path-to.ts';
import { openUpdateStream, type RefreshNews, type StreamListener } from './update-stream.ts';

/** Between the tabs of a browser: what the one with the stream has heard, and a newcomer's question for it. */
type Message = { news: RefreshNews } | { silent: boolean } | { refused: true } | { ask: true };

/**
 * One stream for all tabs of a browser, since it opens only six connections to a server in all: the tab that holds the lock
 * has the stream and passes on what it hears. A tab nobody sees neither has it nor waits for it. Without locks (they need
 * TLS) each tab in sight has a stream of its own.
 * @returns how to stop
 */
export function shareUpdates(listener: StreamListener): () => void {
  const name = `hengjian-updates${pathTo('/')}`;
  const channel = new BroadcastChannel(name);
  let last: RefreshNews | undefined;
  /** Gives the lock back, or the place in its queue. */
  let release: (() => void) | undefined;
  let leads = false;

  const pass = (message: Message) => {
    if ('news' in message) {
      last = message.news;
      listener.news(message.news);
    } else if ('silent' in message) listener.silent(message.silent);
    else if ('refused' in message) listener.refused();
  };
  const tell = (message: Message) => {
    pass(message);
    channel.postMessage(message);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (!('ask' in data)) pass(data);
    else if (leads && last) channel.postMessage({ news: last } satisfies Message);
  };
  const lead = () =>
    openUpdateStream({
      news: (news) => tell({ news }),
      silent: (silent) => tell({ silent }),
      refused: () => tell({ refused: true }),
    });

  function follow(): void {
    if (release) return;
    if (!navigator.locks) {
      release = openUpdateStream(listener);
      return;
    }
    const wanted = new AbortController();
    const left = new Promise<void>((resolve) => {
      release = () => {
        wanted.abort();
        resolve();
      };
    });
    const hold = async () => {
      leads = true;
      const close = lead();
      await left;
      leads = false;
      close();
    };
    // Rejected when it is given up while waiting.
    navigator.locks.request(name, { signal: wanted.signal }, hold).catch(() => undefined);
    channel.postMessage({ ask: true } satisfies Message);
  }

  function leave(): void {
    release?.();
    release = undefined;
  }

  const look = () => (document.visibilityState === 'visible' ? follow() : leave());
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    leave();
    channel.close();
  };
}
