import { randomUUID } from 'node:crypto';
import { FigureReader } from '@hengjian/models/queries/figure-reader.ts';
import { isConnectionError } from '@hengjian/warehouse';
import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { type Handle, type HandleServerError, sequence } from '@sveltejs/kit/hooks';
import { scopeOf } from '#accounts/account.ts';
import { chooseTheme } from '#lib/design/theme.ts';
import { chooseLocale, type Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { access, decide } from '#lib/server/access.ts';
import { answerKept } from '#lib/server/answer-kept.ts';
import { chooseRuleSet } from '#lib/server/choose-rule-set.ts';
import { identifyReader, refuseReader, WRONG_KEY } from '#lib/server/identify-reader.ts';
import { partsOf } from '#lib/server/parts.ts';
import { problem } from '#lib/server/problem.ts';
import { traceOf } from '#lib/server/request-trace.ts';
import { safeBack } from '#lib/server/safe-back.ts';
import { stayInRuleSet } from '#lib/server/stay-in-rule-set.ts';
import { type WrongQuery, wrongQuery } from '#lib/server/wrong-query.ts';

const nobody = { account: '', roles: [], units: [], areas: [] };

/** Who asks, in which language. */
const identify: Handle = async ({ event, resolve }) => {
  const { locals, cookies, request } = event;
  const trace = traceOf(event.platform?.req);
  locals.requestId = trace?.requestId ?? randomUUID();
  locals.locale = chooseLocale(cookies.get('locale'), request.headers.get('accept-language'));
  locals.theme = chooseTheme(cookies.get('theme'));
  locals.parts = partsOf(event.platform?.req);
  if (request.method !== 'GET') refuseUnreadableForms(request, locals.locale);
  const { ruleSets } = locals.parts;
  const ruleset = chooseRuleSet(ruleSets, event.url.searchParams.get('ruleset'), cookies.get('ruleset'));
  locals.ruleset = ruleset ?? ruleSets[0]!.id;
  // Public routes of the API must answer when the warehouse does not.
  const isProbe = isApi(event) && access[event.route.id as keyof typeof access] === 'public';
  let refusal: Response | undefined;
  try {
    if (!isProbe) await identifyReader(event);
  } catch (cause) {
    if (!isApi(event) || !isConnectionError(cause)) throw cause;
    refusal = warehouseAway();
  }
  locals.scope = locals.account ? scopeOf(locals.account) : nobody;
  locals.figures = new FigureReader(locals.parts.figures, locals.scope, locals.ruleset);
  if (trace && !event.isSubRequest) {
    trace.account = locals.account?.name ?? '';
    trace.route = event.route.id ?? '';
  }
  const answer =
    refusal ??
    (await resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('%hengjian.lang%', locals.locale).replace('%hengjian.theme%', locals.theme),
    }));
  const response = isApi(event) && answer.status >= 500 ? await asProblem(answer, locals) : answer;
  if (locals.retryAfter !== undefined) response.headers.set('retry-after', String(locals.retryAfter));
  stayInRuleSet(event, response);
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
  return response;
};

/** A form that cannot be read is a wrong request (400), whichever page it was sent to; what reads it throws a TypeError. */
function refuseUnreadableForms(request: Request, locale: Locale): void {
  const read = request.formData.bind(request);
  Object.defineProperty(request, 'formData', {
    value: () =>
      read().catch((cause: unknown) => {
        if (cause instanceof TypeError) error(400, translate(locale, 'error.form'));
        throw cause;
      }),
  });
}

/** The choke point: no route is reached that the access table does not open to this account. */
const admit: Handle = async ({ event, resolve }) => {
  const routeId = event.route.id;
  // No such route: the framework answers 404 and runs nothing of ours but the layout, which shows no data to strangers.
  if (routeId === null)
    return isApi(event) ? problem(404, 'Not Found', `There is no ${pathInApp(event.url)}.`) : resolve(event);
  const { locals, url } = event;
  const early = refuseReader(event);
  if (early) return early;
  const decision = decide(routeId, locals.account, event.request.method);
  if (decision === 'granted') {
    const wrong = wrongQuery(routeId, url.searchParams);
    if (wrong) return refuseQuery(event, wrong);
    // The rules page shows those too that no scores are kept under.
    if (routeId !== '/rules' && isUnknownRuleSet(event)) return refuseRuleSet(event);
    return answerKept(event, resolve);
  }
  const status = decision === 'sign-in' ? 401 : 403;
  locals.parts.metrics.denied.inc({ status: String(status) });
  if (isApi(event) || locals.byKey) {
    return decision === 'sign-in'
      ? problem(401, 'Unauthorized', locals.byKey ? WRONG_KEY : 'Sign in to use this address, or send a read key.', {
          'www-authenticate': 'Bearer realm="hengjian", Cookie',
        })
      : problem(403, 'Forbidden', `The roles of this account (${locals.account?.roles.join(', ')}) may not use it.`);
  }
  if (decision === 'sign-in') redirect(303, signInAddress(event));
  // The start page of who sees no scores is the stream.
  if (routeId === '/' && decide('/stream', locals.account) === 'granted') redirect(303, pathTo('/stream'));
  // That of an inspector are the visits drawn for that person.
  if (routeId === '/' && decide('/tasks', locals.account) === 'granted') redirect(303, pathTo('/tasks'));
  if (event.isDataRequest || event.request.method !== 'GET') {
    error(403, translate(locals.locale, 'error.title.403'));
  }
  // An error thrown here would give the bare error page; the page /forbidden says it within the layout.
  const page = await event.fetch(pathTo(`/forbidden?from=${encodeURIComponent(pathInApp(url).slice(0, 200))}`));
  return new Response(page.body, { status: 403, headers: page.headers });
};

export const handle = sequence(identify, admit);

export const handleError: HandleServerError = ({ kind, error: cause, event }) => {
  // Said by us already, with the way out.
  if (kind === 'app') return;
  const { locals, url } = event;
  locals.failed = true;
  const locale = locals.locale ?? 'zh-CN';
  if (kind === 'framework' && cause.status === 404) {
    return { message: translate(locale, 'error.no_page', { path: pathInApp(url) }) };
  }
  locals.parts?.logger.error({ err: cause, requestId: locals.requestId, route: event.route.id }, 'request failed');
  if (isConnectionError(cause)) {
    return {
      status: 503,
      message: translate(locale, 'error.warehouse'),
      wayOut: translate(locale, 'error.warehouse.way_out'),
      requestId: locals.requestId,
    };
  }
  return {
    message: translate(locale, 'error.unexpected'),
    wayOut: translate(locale, 'error.unexpected.way_out'),
    requestId: locals.requestId,
  };
};

/** The sign-in page, which leads on to what was asked for; the start page needs no naming. */
function signInAddress({ request, url }: RequestEvent): string {
  const asked = safeBack(url.pathname + url.search);
  if (request.method !== 'GET' || !asked || asked === pathTo('/')) return pathTo('/sign-in');
  return pathTo(`/sign-in?back=${encodeURIComponent(asked)}`);
}

/** As everybody else names it: without the path of the public address. */
const pathInApp = ({ pathname }: URL) => `/${pathname.slice(pathTo('/').length)}`;

/** Before the page loads: an address that cannot be read is the mistake of who wrote it, and is said to be. */
function refuseQuery(event: RequestEvent, { name, value, is: [zh, en] }: WrongQuery): Response {
  const { locale } = event.locals;
  if (isApi(event)) {
    const came = value === undefined ? 'may be given once only' : `must be ${en}, not ${JSON.stringify(value)}`;
    return problem(400, 'Bad Request', `${name} ${came}.`);
  }
  if (value === undefined) error(400, translate(locale, 'error.parameter.twice', { name }));
  error(400, translate(locale, 'error.parameter', { name, value, is: locale === 'en' ? en : zh }));
}

function isUnknownRuleSet({ locals, url }: RequestEvent): boolean {
  const asked = url.searchParams.get('ruleset');
  return asked !== null && asked !== locals.ruleset;
}

function refuseRuleSet(event: RequestEvent): Response {
  const { locals, url } = event;
  const asked = url.searchParams.get('ruleset')!;
  const known = locals.parts.ruleSets.map(({ id }) => id).join(', ');
  if (isApi(event))
    return problem(
      404,
      'Not Found',
      `No scores are kept under the rule set ${JSON.stringify(asked)}; there are ${known}.`,
    );
  error(404, translate(locals.locale, 'error.unknown_ruleset', { ruleset: asked, known }));
}

function isApi({ url, route }: RequestEvent): boolean {
  return /^\/(api|health|metrics)(\/|$)/.test(route.id ?? pathInApp(url));
}

/** What the framework makes of an exception in a route of the API, as problem details like every other refusal. */
async function asProblem(answer: Response, { requestId }: App.Locals): Promise<Response> {
  if (answer.headers.get('content-type')?.startsWith('application/problem')) return answer;
  await answer.body?.cancel();
  return answer.status === 503
    ? warehouseAway()
    : problem(500, 'Internal Server Error', `The error is in the log under request ${requestId}.`);
}

function warehouseAway(): Response {
  return problem(503, 'Service Unavailable', 'The warehouse does not answer.', { 'retry-after': '5' });
}
