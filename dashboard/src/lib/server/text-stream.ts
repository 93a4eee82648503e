/** Characters that are held before they go out. */
const PIECE = 64 * 1024;

/** The body of an answer of any length: pieces are asked for as the client takes them, and ended when it goes away. */
export function textStream(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const coming = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let text = '';
        while (text.length < PIECE) {
          const next = await coming.next();
          if (next.done) {
            if (text !== '') controller.enqueue(encoder.encode(text));
            return controller.close();
          }
          text += next.value;
        }
        controller.enqueue(encoder.encode(text));
      },
      async cancel() {
        await coming.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}
