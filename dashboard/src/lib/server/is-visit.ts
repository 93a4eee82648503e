import type { RequestEvent } from '@sveltejs/kit';

/**
 * Whether somebody opens the address as a page, or this product's own pages ask for it: not an image, script or frame of another
 * site, with which that site would spend what a visitor may try. What is no visit is to be refused before anything is looked up, so
 * that headers of one's own choice are no way around the limits.
 */
export function isVisit({ request, url }: Pick<RequestEvent, 'request' | 'url'>): boolean {
  const header = (name: string) => request.headers.get(name) ?? '';
  const [site, mode, destination] = ['site', 'mode', 'dest'].map((name) => header(`sec-fetch-${name}`));
  if (site) return site === 'same-origin' || (mode === 'navigate' && destination === 'document');
  // Browsers say less to addresses without TLS, but of what they embed they never ask for HTML. Others are no browser of a visitor.
  const isBrowser = header('user-agent').startsWith('Mozilla/');
  return !isBrowser || header('accept').includes('text/html') || header('referer').startsWith(`${url.origin}/`);
}
