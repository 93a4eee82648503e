import { randomBytes } from 'node:crypto';
import { FigureReader } from '@hengjian/models/queries/figure-reader.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { type AnswerKey, answerKey, matches } from './answer-key.ts';
import { type AnswerTemplate, answerTemplate, fillIn, isPlainName } from './answer-template.ts';
import { type Encoding, encodeBody, encodingOf, isWorthEncoding } from './encode-body.ts';
import type { Made } from './versioned-store.ts';

type Resolve = Parameters<Handle>[0]['resolve'];
interface Finished {
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
}

/** Stands for the reader's name while an answer is made; nobody can guess it, so no event and no address holds it. */
const STAND_IN = `reader-${randomBytes(12).toString('hex')}`;

/**
 * Answers an admitted request: with 304 to who has the answer, else with what was made for the same address, scope,
 * language, theme and version of figures (kept-routes.ts), else anew. Accounts of equal roles and limits share an answer,
 * and provably nothing in it is one's own: it is made without their names, which are put in when it is sent. In the first
 * moments after a refresh nobody waits: what was made before it is given while the answer is made anew (figure-watch.ts).
 */
export async function answerKept(event: RequestEvent, resolve: Resolve): Promise<Response> {
  const known = await answerKey(event);
  if (!known) return resolve(event);
  if (matches(event.request, known.tag)) return notModified(known.tag);
  const { name } = event.locals.account!;
  const asked: Asked = {
    ...known,
    key: isPlainName(name) ? known.key : JSON.stringify([known.key, name]),
    name,
    encoding: encodingOf(event.request.headers.get('accept-encoding')),
  };
  const { answers } = event.locals.parts;
  const { version, before } = asked;
  const finishedKey = finishedKeyOf(asked);
  const found = answers.find<Finished>(version, finishedKey);
  if (found) return toResponse(found.value, known.tag);
  const old = before && answers.findBefore<Finished>(before.version, finishedKey);
  if (!old) return answerAnew(event, resolve, asked);
  answers.renew(version, finishedKey, async () => {
    // Nobody takes this one: what it still reads is ended.
    await (await answerAnew(event, resolve, asked)).body?.cancel();
  });
  return matches(event.request, before.tag) ? notModified(before.tag) : toResponse(old.value, before.tag);
}

interface Asked extends AnswerKey {
  name: string;
  encoding: Encoding;
}

const finishedKeyOf = ({ key, name, encoding }: Asked): string => JSON.stringify([key, name, encoding]);

/** By the figures of the version asked for; the answer is kept where it may be. */
async function answerAnew(event: RequestEvent, resolve: Resolve, asked: Asked): Promise<Response> {
  const { answers } = event.locals.parts;
  const { name, encoding } = asked;
  const template = await templateFor(event, resolve, asked, isPlainName(name) ? STAND_IN : name);
  // Too long to be held: made for this reader, and sent as it comes.
  if (!template) return resolve(event);
  const filled = fillIn(template, name);
  if (!isKeepable(template))
    return new Response(bodyOf(template, filled.body), { status: template.status, headers: filled.headers });
  const { made } = await answers.make<Finished>(asked.version, finishedKeyOf(asked), async () => {
    const value = await finish(filled, encoding);
    return { value, bytes: value.body.byteLength + 1024 };
  });
  return toResponse(made.value, asked.tag);
}

/** Kept, or made by this request or by another that asked the same a moment earlier. */
async function templateFor(
  event: RequestEvent,
  resolve: Resolve,
  { version, key }: AnswerKey,
  standIn: string,
): Promise<AnswerTemplate | undefined> {
  const { templates } = event.locals.parts;
  const found = templates.find<AnswerTemplate>(version, key);
  if (found) return found.value;
  const make = async (): Promise<Made<AnswerTemplate | undefined>> => {
    const value = await makeTemplate(event, resolve, standIn);
    return { value, bytes: value && isKeepable(value) ? value.bytes : undefined };
  };
  const { made, isShared } = await templates.make(version, key, make);
  // What went wrong, or sets a cookie, is the affair of the request it was made for.
  return isShared && made.value && made.bytes === undefined ? makeTemplate(event, resolve, standIn) : made.value;
}

async function makeTemplate(
  event: RequestEvent,
  resolve: Resolve,
  standIn: string,
): Promise<AnswerTemplate | undefined> {
  const { locals } = event;
  const { account, figures, scope } = locals;
  const nameless = { ...scope, account: standIn };
  Object.assign(locals, {
    account: { ...account, name: standIn },
    scope: nameless,
    figures: new FigureReader(locals.parts.figures, nameless, locals.ruleset),
  });
  try {
    const template = await answerTemplate(await resolve(event), standIn);
    // A data request is answered with 200 also where a page failed.
    return template && locals.failed ? { ...template, isFailed: true } : template;
  } finally {
    Object.assign(locals, { account, figures, scope });
  }
}

function isKeepable({ status, headers, isFailed }: AnswerTemplate): boolean {
  return status === 200 && !isFailed && !headers.some(([name]) => name === 'set-cookie' || name === 'content-encoding');
}

async function finish({ headers, body }: Finished, encoding: Encoding): Promise<Finished> {
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  if (!isWorthEncoding(type, body)) return { headers, body };
  const varied: [string, string][] = [...headers.filter(([name]) => name !== 'vary'), ['vary', 'Accept-Encoding']];
  if (!encoding) return { headers: varied, body };
  return { headers: [...varied, ['content-encoding', encoding]], body: await encodeBody(body, encoding) };
}

const OWN_CACHE = 'private, no-cache';

function toResponse({ headers, body }: Finished, tag: string): Response {
  return new Response(body, { headers: [...headers, ['etag', tag], ['cache-control', OWN_CACHE]] });
}

function notModified(tag: string): Response {
  return new Response(null, { status: 304, headers: { etag: tag, 'cache-control': OWN_CACHE } });
}

/** Some answers must not have one. */
function bodyOf({ status }: AnswerTemplate, body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  return [101, 204, 205, 304].includes(status) ? null : body;
}
