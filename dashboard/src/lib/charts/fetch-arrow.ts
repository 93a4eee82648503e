/**
 * The rows of an Arrow data route, for a universal `load`: while rendering on the server the answer travels in the page.
 * @throws with the status when the route refuses.
 */
export async function fetchArrow<Row>(fetch: typeof globalThis.fetch, path: string): Promise<Row[]> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const [bytes, { arrowRows }] = await Promise.all([response.arrayBuffer(), import('./arrow-rows.ts')]);
  return arrowRows<Row>(new Uint8Array(bytes));
}
