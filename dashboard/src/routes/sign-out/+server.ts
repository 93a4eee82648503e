import { redirect } from '@sveltejs/kit';
import { endSession } from '#accounts/session-store.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ cookies, locals }) => {
  const { app, sessionCookie } = locals.parts;
  const token = cookies.get(sessionCookie);
  if (token) await endSession(app, token);
  cookies.delete(sessionCookie, { path: '/' });
  redirect(303, '/sign-in');
};
