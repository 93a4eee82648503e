const PIECE = 64 * 1024;

/** Text of any length: a slow reader is waited for, so that what was not read yet is not kept in memory. */
export async function writePieces(into: NodeJS.WritableStream, pieces: AsyncIterable<string>): Promise<void> {
  const write = async (text: string) => {
    if (!into.write(text)) await new Promise<void>((resolve) => into.once('drain', () => resolve()));
  };
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    await write(waiting);
    waiting = '';
  }
  await write(waiting);
}
