/** An error answer of the API: RFC 9457 problem details. */
export function problem(status: number, title: string, detail: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title, status, detail }), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}
