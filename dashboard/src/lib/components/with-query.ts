/** An address with some query parameters changed; '' removes one, so that only what was chosen is left. */
export function withQuery(url: { pathname: string; search: string }, changes: Record<string, string>): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  return `${url.pathname}${query.size > 0 ? `?${query}` : ''}`;
}
