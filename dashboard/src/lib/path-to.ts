import { resolve } from '$app/paths';

/**
 * The address of a page or data route of this dashboard: under the path of PUBLIC_URL, wherever that is. For every link,
 * form, redirect and request, on the server and in the browser; `page.url` has the path in it already.
 * @param path from the root of the app, like '/units/scjg?quarter=2025Q2', its parts percent-encoded
 */
export const pathTo = (path: `/${string}`): string => resolve('/') + path.slice(1);
