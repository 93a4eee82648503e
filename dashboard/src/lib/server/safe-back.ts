import { pathTo } from '#lib/path-to.ts';

/** Pages that are no place to come back to, and routes that are no page. */
const NO_PAGE = /^(sign-in|sign-out|preferences|forbidden|api|health|metrics|_app)(\/|$)/;
const MOST = 1024;

/**
 * Where to lead after signing in or choosing: a path of this dashboard, never another site ("//host", "/\\host" and their
 * like are read as a browser reads them), nor a page that would only lead on.
 * @param back as it came, from an address or a form
 */
export function safeBack(back: FormDataEntryValue | null | undefined): string | undefined {
  if (typeof back !== 'string' || back.length > MOST || !back.startsWith('/')) return undefined;
  // A browser drops some of them before it reads the address.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(back)) return undefined;
  const here = 'http://dashboard.invalid';
  if (!URL.canParse(back, here)) return undefined;
  const { origin, pathname, search, hash } = new URL(back, here);
  const start = pathTo('/');
  if (origin !== here || !pathname.startsWith(start)) return undefined;
  const rest = pathname.slice(start.length);
  return rest.startsWith('/') || NO_PAGE.test(rest) ? undefined : pathname + search + hash;
}
