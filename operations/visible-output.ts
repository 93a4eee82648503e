import { visibleText } from '@hengjian/contract/visible-text.ts';

/**
 * The standard output of a command: nothing that came in with an event acts on the terminal or hides. Bytes go out as
 * they are, and so does JSON, unless a terminal reads them.
 * @param json whether `--json` was asked for
 */
export function visibleOutput<S extends NodeJS.WritableStream & { isTTY?: boolean }>(stream: S, json: boolean): S {
  const shown = (chunk: unknown): unknown => {
    if (typeof chunk === 'string') return json && !stream.isTTY ? chunk : visibleText(chunk);
    return stream.isTTY && chunk instanceof Uint8Array ? visibleText(Buffer.from(chunk).toString('utf8')) : chunk;
  };
  return new Proxy(stream, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      if (name === 'write' || name === 'end')
        return (chunk: unknown, ...rest: unknown[]) =>
          (value as (...args: unknown[]) => unknown).call(target, shown(chunk), ...rest);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
