import type { IncomingMessage } from 'node:http';
import type { CheckEvent } from '@hengjian/contract/check-event.ts';
import type { DataTable } from '@hengjian/contract/data-table.ts';
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import type { IngestKeys } from '@hengjian/contract/ingest-keys.ts';
import type { ListFiles } from '@hengjian/contract/list-files.ts';
import type { StoredLists } from '@hengjian/contract/stored-lists.ts';
import type { TableImports } from '@hengjian/contract/table-imports.ts';
import type { DescribedRuleSet } from '@hengjian/models/ruleset/describe-rule-set.ts';
import type { RatePage } from '@hengjian/models/ruleset/rate-pages.ts';
import type { RuleSet } from '@hengjian/models/ruleset/rule-set.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import type { AccountWatch } from '../../../accounts/account-watch.ts';
import type { Guesses } from '../../../accounts/guesses.ts';
import type { OidcSignIn } from '../../../accounts/oidc/oidc-sign-in.ts';
import type { SessionCache } from '../../../accounts/session-cache.ts';
import type { SessionSightings } from '../../../accounts/session-sightings.ts';
import type { CircularActs } from '../../../acts/circular-acts.ts';
import type { ImportActs } from '../../../acts/import-acts.ts';
import type { QuarterActs } from '../../../acts/quarter-acts.ts';
import type { WhatIfActs } from '../../../acts/what-if-acts.ts';
import type { WrittenWorkbook } from '../../../acts/write-workbook.ts';
import type { AccessLog } from './access-log.ts';
import type { TrustedProxies } from './client-address.ts';
import type { DashboardMetrics } from './dashboard-metrics.ts';
import type { FigureWatch } from './figure-watch.ts';
import type { IngestDocuments } from './openapi/ingest-documents.ts';
import type { RefreshWatch } from './refresh-watch.ts';
import type { VersionedStore } from './versioned-store.ts';

/** The only face of a logger that the app needs (pino has it). */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RuleSetName {
  id: string;
  name: { zh: string; en: string };
  /** Pages that only some documents ask for. */
  pages: readonly RatePage[];
}

/** What `startDashboard` hands to the built app with each request. */
export interface Parts {
  /** Read-only user: what changes with every event (stream, rejects). */
  reader: Warehouse;
  /** The same for figures of builds and publications: answers are kept until the next refresh (keep-figures.ts). Routes read them through `locals.figures`. */
  figures: Warehouse;
  figureWatch: FigureWatch;
  /** Whole answers, kept until the next refresh or publication (answer-kept.ts): as made for all of one scope … */
  templates: VersionedStore;
  /** … and as sent to one account, encoded. */
  answers: VersionedStore;
  sessions: Pick<SessionCache, 'find' | 'stop'>;
  /** When sessions are used. */
  sightings: SessionSightings;
  /** Likewise who reads by a key: by its random part. */
  readKeys: Pick<SessionCache, 'find' | 'stop'>;
  /** Slows down who tries links, keys and cookies out. */
  guesses: Guesses;
  /** Whose word counts for whom they ask. */
  proxies: TrustedProxies;
  /** Signing in with an account of the organisation; undefined: by links only. */
  oidc: OidcSignIn | undefined;
  accountWatch: AccountWatch;
  /** May write: accounts, sessions, the access log, and the frozen frames of draws. */
  app: Warehouse;
  /** Everything that people do is an event: the way for those of forms. */
  writer: Pick<EventWriter, 'write'>;
  /** The check of the door: forms ask it first, so that a slip of the pen becomes a word beside the field and no reject. */
  checkEvent: CheckEvent;
  /** Quarterly lists as tables: down empty, up filled. */
  listFiles: ListFiles;
  /** Empty tables of each kind, and by which names tables call the units. */
  tableImports: Pick<TableImports, 'templates' | 'template' | 'aliases' | 'remember' | 'forget'>;
  /** Tables that people send, and what became of them. */
  imports: ImportActs;
  /** What is stored, as tables that the import reads back. */
  storedLists: StoredLists;
  /** A table as a workbook on disk, to be sent and dropped. */
  writeWorkbook: (table: DataTable) => Promise<WrittenWorkbook>;
  /** Keys of systems that send events. */
  ingestKeys: IngestKeys;
  /** What people do about a quarter: show, contest, close, correct, verify. */
  acts: QuarterActs;
  /** One of the rule sets with the parameters in force today. */
  standingRules: (ruleset: string) => RuleSet;
  /** Past quarters by a draft of a rule set. */
  whatIf: WhatIfActs;
  /** Circulars of published quarters. */
  circulars: CircularActs;
  environment: Environment;
  /** The rule sets at hand, in words; read from their files each time. */
  describeRules: () => DescribedRuleSet[];
  documents: () => Promise<IngestDocuments>;
  /** The self-contained page that verifies draws, as HTML. */
  drawVerifier: () => Promise<string>;
  logger: Logger;
  accessLog: AccessLog;
  metrics: DashboardMetrics;
  refreshWatch: RefreshWatch;
  /** Rule sets that are kept up to date, the default first. */
  ruleSets: readonly RuleSetName[];
  /** Differs between data directories, so that two dashboards on one host do not sign each other out. */
  sessionCookie: string;
}

const key = Symbol.for('hengjian.dashboard.parts');

/** The request carries the parts, not a global: several dashboards may run in one process. */
export function attachParts(request: IncomingMessage, parts: Parts): void {
  (request as unknown as Record<symbol, Parts>)[key] = parts;
}

/** @throws when the app was not started by `startDashboard`. */
export function partsOf(request: IncomingMessage | undefined): Parts {
  const parts = request && (request as unknown as Record<symbol, Parts>)[key];
  if (!parts) throw new Error('the dashboard runs only under startDashboard (dashboard/server.ts)');
  return parts;
}
