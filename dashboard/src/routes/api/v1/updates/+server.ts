import type { RequestHandler } from './$types';

/** Comments that keep proxies from closing the line, and end it here when the browser is gone. */
const keepAlive = 15_000;
/** After that the browser connects anew, which checks the session again. */
const longest = 10 * 60_000;

/** Server-sent events: `refresh` with `{build_id, refreshed_at}` now and whenever the marts have been rebuilt. */
export const GET: RequestHandler = ({ locals, request }) => {
  const { parts } = locals;
  const { accountWatch, refreshWatch, metrics } = parts;
  const encoder = new TextEncoder();
  let release = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let ended = false;
      const send = (text: string) => {
        if (!ended) controller.enqueue(encoder.encode(text));
      };
      const unsubscribe = refreshWatch.subscribe((state) => send(`event: refresh\ndata: ${JSON.stringify(state)}\n\n`));
      const beat = setInterval(() => send(': still here\n\n'), keepAlive);
      // A session that has ended hears nothing more; what the warehouse cannot say now is asked when the browser connects anew.
      const unwatch = accountWatch.subscribe(() => {
        locals.stillIn().then(
          (isIn) => {
            if (!isIn) end();
          },
          () => undefined,
        );
      });
      const end = () => {
        if (ended) return;
        release();
        controller.close();
      };
      const limit = setTimeout(end, longest);
      metrics.listeners.inc();
      release = () => {
        release = () => {};
        ended = true;
        unsubscribe();
        unwatch();
        clearInterval(beat);
        clearTimeout(limit);
        metrics.listeners.dec();
      };
      request.signal.addEventListener('abort', () => release());
      send('retry: 2000\n\n');
    },
    cancel: () => release(),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
};
