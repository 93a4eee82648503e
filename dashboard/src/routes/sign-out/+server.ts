import { redirect } from '@sveltejs/kit';
import { endSession } from '#accounts/session-store.ts';
import { pathTo } from '#lib/path-to.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ cookies, locals }) => {
  const { app, sessionCookie } = locals.parts;
  const token = cookies.get(sessionCookie);
  if (token) await endSession(app, token);
  cookies.delete(sessionCookie, { path: pathTo('/') });
  redirect(303, pathTo('/sign-in'));
};
