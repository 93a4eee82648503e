/**
 * Claims a one-time sign-in link as its page does.
 * @returns the cookie of the session
 * @throws Error when the link is not honoured
 */
export async function signIn(link: string): Promise<string> {
  const answer = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(link).origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 303 || !cookie) throw new Error(`the sign-in link was answered with ${answer.status}`);
  return cookie;
}
