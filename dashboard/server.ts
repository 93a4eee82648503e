import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { CheckEvent } from '@hengjian/contract/check-event.ts';
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import type { IngestKeys } from '@hengjian/contract/ingest-keys.ts';
import type { ListFiles } from '@hengjian/contract/list-files.ts';
import type { StoredLists } from '@hengjian/contract/stored-lists.ts';
import type { TableImports } from '@hengjian/contract/table-imports.ts';
import { describeRuleSets } from '@hengjian/models/ruleset/describe-rule-set.ts';
import { ratePages } from '@hengjian/models/ruleset/rate-pages.ts';
import { ruleSetOn } from '@hengjian/models/ruleset/rule-set.ts';
import { keptRuleSets, loadProject } from '@hengjian/models/runner/project.ts';
import { type Environment, listenUrl, openWarehouse, readRunFile, type Warehouse } from '@hengjian/warehouse';
import compression from 'compression';
import { AccountWatch } from './accounts/account-watch.ts';
import { Guesses } from './accounts/guesses.ts';
import { openOidc } from './accounts/oidc/open-oidc.ts';
import { readAccountState } from './accounts/read-account-state.ts';
import { findReadKey } from './accounts/read-key-store.ts';
import { SessionCache } from './accounts/session-cache.ts';
import { SessionSightings } from './accounts/session-sightings.ts';
import { findSession } from './accounts/session-store.ts';
import { CircularActs } from './acts/circular-acts.ts';
import { ImportActs } from './acts/import-acts.ts';
import { QuarterActs } from './acts/quarter-acts.ts';
import { WhatIfActs } from './acts/what-if-acts.ts';
import { writeWorkbook } from './acts/write-workbook.ts';
import { ensureBuild } from './build-app.ts';
import { baseOf, placeRequest, withoutBase } from './public-address.ts';
import { judgingDay } from './src/lib/quarter/judging-day.ts';
import { AccessLog } from './src/lib/server/access-log.ts';
import { trustedProxies } from './src/lib/server/client-address.ts';
import { DashboardMetrics } from './src/lib/server/dashboard-metrics.ts';
import { FigureWatch } from './src/lib/server/figure-watch.ts';
import { KEPT_FIGURE_BYTES, keepFigures } from './src/lib/server/keep-figures.ts';
import type { IngestDocuments } from './src/lib/server/openapi/ingest-documents.ts';
import { attachParts, type Logger, type Parts } from './src/lib/server/parts.ts';
import { RefreshWatch } from './src/lib/server/refresh-watch.ts';
import { refuseUnreadable } from './src/lib/server/refuse-unreadable.ts';
import { addressOf, keptPath, startTrace } from './src/lib/server/request-trace.ts';
import { securityHeaders } from './src/lib/server/security-headers.ts';
import { VersionedStore } from './src/lib/server/versioned-store.ts';

export interface DashboardOptions {
  /** May write accounts, sessions, the access log, and the frozen frames of draws. */
  warehouse: Warehouse;
  /** Reads all figures. Unset: the read-only user of the running engine or server. */
  reader?: Warehouse;
  /** Takes the events of forms. */
  writer: Pick<EventWriter, 'write'>;
  /** What the door would say to an event of a form. */
  checkEvent: CheckEvent;
  /** Quarterly lists as tables. */
  listFiles: ListFiles;
  /** Tables of offices, in and back. */
  tableImports: TableImports;
  /** What is stored, as tables that are read back. */
  storedLists: StoredLists;
  /** Keys of systems that send events. */
  ingestKeys: IngestKeys;
  environment: Environment;
  /** Of the ingest room; the API's description takes them in. Called when one of the two is asked for. */
  documents: () => Promise<IngestDocuments>;
  logger: Logger;
}

export interface RunningDashboard {
  /** Name of the cookie of its sessions. */
  sessionCookie: string;
  port: number;
  url: string;
  stop(): Promise<void>;
}

/** Whole answers that are kept between refreshes, all together: as made for a scope, as sent to an account. */
const KEPT_TEMPLATE_BYTES = 32 * 2 ** 20;
const KEPT_ANSWER_BYTES = 64 * 2 ** 20;
/** Longer than a version may be shown after its refresh (milliseconds). */
const BEFORE_FOR = 2_000;

const DRAW_VERIFIER = new URL('../docs/draw/verify.html', import.meta.url);

type Handler = (request: object, response: object, next: () => void) => void;

/** Serves the built app, on loopback unless the environment says otherwise. Builds it first when the sources have changed since the last build. */
export async function startDashboard(options: DashboardOptions): Promise<RunningDashboard> {
  const { warehouse, environment, logger } = options;
  // Set for each request by placeRequest; the adapter would take https for granted.
  process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
  // What is larger a page refuses in a sentence (import-limit.ts); the room beyond is for what wraps the files.
  process.env.BODY_SIZE_LIMIT ??= '65M';
  const build = await ensureBuild(baseOf(environment));
  const { handler } = (await import(pathToFileURL(`${build}/handler.js`).href)) as { handler: Handler };
  const ownReader = options.reader ? undefined : await openReader(environment);
  const reader = options.reader ?? ownReader ?? warehouse;
  const { parts, sessions } = makeParts(options, reader);
  const compress = compressAnswers();
  const server = createServer((request, response) => {
    placeRequest(request, environment);
    attachParts(request, parts);
    traceAnswer(request, response, parts);
    compress(request, response, () => handler(request, response, () => response.writeHead(404).end()));
  });
  refuseUnreadable(server, parts);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(environment.dashboardPort, environment.listenHost, resolve);
  });
  const { port } = server.address() as AddressInfo;
  logger.info({ port }, 'dashboard listens');
  return {
    port,
    url: listenUrl(environment.listenHost, port),
    sessionCookie: parts.sessionCookie,
    async stop() {
      await Promise.all([parts.acts.jobs.settle(5000), parts.imports.settle(5000)]);
      parts.refreshWatch.stop();
      parts.accountWatch.stop();
      sessions.stop();
      parts.readKeys.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      // Update streams never end by themselves; whatever else runs is given a moment.
      const force = setTimeout(() => server.closeAllConnections(), 500);
      await closed;
      clearTimeout(force);
      await Promise.all([parts.accessLog.stop(), parts.sightings.flush()]);
      await ownReader?.close();
    },
  };
}

/** What the app is given as it came. */
function asGiven(options: DashboardOptions) {
  const { writer, checkEvent, listFiles, tableImports, storedLists } = options;
  const { ingestKeys, environment, documents, logger } = options;
  return { writer, checkEvent, listFiles, tableImports, storedLists, ingestKeys, environment, documents, logger };
}

/** What is handed to the built app. */
function makeParts(options: DashboardOptions, reader: Warehouse): { parts: Parts; sessions: SessionCache } {
  const { warehouse, writer, tableImports, environment, logger } = options;
  const figureWatch = new FigureWatch(reader);
  const sessions = new SessionCache({
    find: (token) => findSession(warehouse, token),
    state: () => readAccountState(warehouse),
  });
  const keptFigures = new VersionedStore(KEPT_FIGURE_BYTES);
  const templates = new VersionedStore(KEPT_TEMPLATE_BYTES);
  const answers = new VersionedStore(KEPT_ANSWER_BYTES, BEFORE_FOR);
  const metrics = new DashboardMetrics();
  metrics.watchStores({ figures: keptFigures, templates, answers });
  const acts = new QuarterActs({
    warehouse,
    reader,
    writer,
    environment,
    onFault: (error, { id, kind, quarter }) =>
      logger.error({ err: error, job: id, kind, quarter }, 'what a person began failed'),
    // Who closed a quarter goes on to its page, and sees it closed.
    onEnd: () => figureWatch.expire(),
  });
  const parts: Parts = {
    reader,
    figures: keepFigures(reader, figureWatch, keptFigures),
    figureWatch,
    templates,
    answers,
    sessions,
    sightings: new SessionSightings(warehouse),
    readKeys: new SessionCache({
      find: (token) => findReadKey(warehouse, token),
      state: () => readAccountState(warehouse),
    }),
    guesses: new Guesses(),
    proxies: trustedProxies(environment),
    oidc: openOidc(environment),
    accountWatch: new AccountWatch(warehouse),
    app: warehouse,
    imports: new ImportActs({
      warehouse,
      tables: tableImports,
      dataDir: environment.dataDir,
      onFault: (error, id) => logger.error({ err: error, import: id }, 'work on an import failed'),
    }),
    ...asGiven(options),
    writeWorkbook,
    standingRules: (asked) => ruleSetOn(acts.project(asked).ruleSet, judgingDay(null, new Date())),
    acts,
    whatIf: new WhatIfActs({ warehouse, environment, jobs: acts.jobs }),
    circulars: new CircularActs({ reader, writer, project: (ruleset) => acts.project(ruleset) }),
    describeRules: () => describeRuleSets(environment.dataDir, judgingDay(null, new Date())),
    drawVerifier: () => readFile(DRAW_VERIFIER, 'utf8'),
    accessLog: new AccessLog(warehouse, logger),
    metrics,
    refreshWatch: new RefreshWatch(reader, logger, () => figureWatch.expire()),
    ruleSets: keptRuleSets(loadProject(environment)).map((ruleSet) => ({
      id: ruleSet.id,
      name: ruleSet.data.name,
      pages: ratePages(ruleSet),
    })),
    sessionCookie: sessionCookieOf(environment),
  };
  return { parts, sessions };
}

/**
 * Every answer carries the headers and its request id, and is logged when it is out: also what the framework refuses or
 * redirects before the hooks, or because of what they throw.
 */
function traceAnswer(request: IncomingMessage, response: ServerResponse, parts: Parts): void {
  const { accessLog, metrics, environment } = parts;
  const started = performance.now();
  const trace = startTrace(request);
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  response.setHeader('x-request-id', trace.requestId);
  response.once('close', () => {
    const { requestId, account, route } = trace;
    const ms = performance.now() - started;
    const path = keptPath(withoutBase(request.url ?? '', environment), route);
    // Files of the build, which are the same for everybody.
    if (route === '' && path.startsWith('/_app/')) return;
    metrics.requests.observe({ route: route || 'none', status: String(response.statusCode) }, ms / 1000);
    // Probes would drown the log of who looked at what.
    if (route.startsWith('/health') || route === '/metrics') return;
    accessLog.record({
      at: new Date().toISOString(),
      request_id: requestId,
      account,
      address: addressOf(request),
      method: request.method ?? '',
      route,
      path,
      status: response.statusCode,
      duration_ms: ms,
    });
  });
}

/** Pages and JSON; static files are compressed by the build, and the stream of updates must not wait in a buffer. */
function compressAnswers(): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  const middleware = compression({
    filter: (_, response) =>
      /^(text\/(html|csv|plain)|application\/(problem\+)?json)/.test(String(response.getHeader('content-type'))),
  });
  // Written for Express, but it uses only what node:http has.
  return middleware as unknown as ReturnType<typeof compressAnswers>;
}

/** Nothing where the engine is this very process's own, with no `up` beside it: then its one connection serves for all. */
async function openReader({ clickhouseUrl, dataDir }: Environment): Promise<Warehouse | undefined> {
  if (!clickhouseUrl && !readRunFile(dataDir)?.access) return undefined;
  return openWarehouse({ dataDir, url: clickhouseUrl, role: 'reader' });
}

/** Cookies ignore ports: the name tells one installation from another on the same host. */
function sessionCookieOf({ clickhouseUrl, dataDir }: Environment): string {
  const place = clickhouseUrl ? new URL(clickhouseUrl).host + new URL(clickhouseUrl).pathname : dataDir;
  return `hengjian-${createHash('sha256').update(place).digest('hex').slice(0, 8)}`;
}
