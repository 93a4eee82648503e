import type { RequestHandler } from './$types';

/** The page that verifies a record without this server or any other: saved, then opened from the disk. */
export const GET: RequestHandler = async ({ locals }) =>
  new Response(await locals.parts.drawVerifier(), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename="verify.html"',
    },
  });
