/**
 * What people do about a quarter on the pages: the functions of the commands, with the rights of an account. It runs beside
 * the built app, not in it: models, calendars and rule sets are read from their files.
 */
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import { closeQuarter, correctQuarter, loadProject, type Project, scoreYear, type YearScores } from '@hengjian/models';
import { nullWithoutNotice } from '@hengjian/models/calendar/null-without-notice.ts';
import {
  type Acting,
  answerObjection,
  type Filed,
  type Filing,
  fileObjection,
  showDraft,
  withdrawObjection,
} from '@hengjian/models/objections/act-on-objections.ts';
import { OBJECTION_SOURCE } from '@hengjian/models/objections/objection-events.ts';
import {
  type DraftWindow,
  type Objection,
  objectionsOf,
  unitWindowOf,
} from '@hengjian/models/objections/read-objections.ts';
import { shownObjection } from '@hengjian/models/objections/shown-objection.ts';
import { type Check, checkChain } from '@hengjian/models/publication/check-chain.ts';
import { previewCorrection } from '@hengjian/models/publication/correct-quarter.ts';
import type { Publisher } from '@hengjian/models/publication/publish.ts';
import { type Publication, readChain } from '@hengjian/models/publication/read-chain.ts';
import { type QuarterStanding, readStandings } from '@hengjian/models/publication/read-standings.ts';
import { readWitnesses } from '@hengjian/models/publication/read-witnesses.ts';
import { verifyPublications } from '@hengjian/models/publication/verify-publications.ts';
import { seesUnit } from '@hengjian/models/queries/read-scores.ts';
import { localDay } from '@hengjian/models/runner/quarter-scope.ts';
import { type Enough, enoughOf } from '@hengjian/models/scoring/enough.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { accountRights, isOffice, productRights } from '../accounts/account-rights.ts';
import { type Act, acted } from './act.ts';
import { type Job, type JobKind, type JobSubject, Jobs } from './jobs.ts';
import { ObjectionLog } from './objection-log.ts';

export interface QuarterActsOptions {
  /** May build scores aside and keep what was published. */
  warehouse: Warehouse;
  /** Reads the log as it is. */
  reader: Warehouse;
  writer: Pick<EventWriter, 'write'>;
  environment: Environment;
  /** A job failed in a way that nobody expected. */
  onFault: (error: unknown, job: Job) => void;
  /** A job is over: figures may be others now. */
  onEnd?: () => void;
}

export interface UnitWindow {
  shownOn: string;
  until: string;
  open: boolean;
}

/** What is asked of a job. `reason`: of a correction, or why a contested quarter is closed. */
export interface JobRequest extends JobSubject {
  kind: Exclude<JobKind, 'whatif'>;
  reason?: string | undefined;
}

const PROJECT_FRESH_MS = 10_000;

interface Name {
  zh: string;
  en: string;
}

/** By id. */
export interface RuleSetNames {
  units: Record<string, Name>;
  items: Record<string, Name>;
}

export class QuarterActs {
  readonly jobs: Jobs;
  readonly #options: QuarterActsOptions;
  readonly #events: ObjectionLog;
  readonly #projects = new Map<string, { project: Project; readAt: number }>();

  constructor(options: QuarterActsOptions) {
    this.#options = options;
    this.jobs = new Jobs(options.onFault, options.onEnd);
    this.#events = new ObjectionLog(options.reader);
  }

  /** For reading: from the files of some seconds ago, because pages ask for it again and again. */
  project(ruleset: string): Project {
    const known = this.#projects.get(ruleset);
    if (known && performance.now() - known.readAt < PROJECT_FRESH_MS) return known.project;
    const project = this.#freshProject(ruleset);
    this.#projects.set(ruleset, { project, readAt: performance.now() });
    return project;
  }

  #freshProject(ruleset: string): Project {
    return loadProject({ ...this.#options.environment, asked: ruleset });
  }

  /** What units and items of the rule set are called. */
  names(ruleset: string): RuleSetNames {
    const { units, items } = this.project(ruleset).ruleSet.data;
    return {
      units: Object.fromEntries(units.map(({ id, name, en = name }) => [id, { zh: name, en }])),
      items: Object.fromEntries(items.map(({ id, name }) => [id, { zh: name.zh, en: name.en }])),
    };
  }

  /** How far an item is from its full points, by rate or by number; undefined where its rule has none. */
  enough(
    ruleset: string,
    { item, numerator, denominator }: { item: string; numerator: number | null; denominator: number | null },
  ): Enough | undefined {
    const parts = this.project(ruleset).ruleSet.data.items.find(({ id }) => id === item)?.parts ?? [];
    return enoughOf(parts, { numerator, denominator });
  }

  /** Where each quarter stands, newest first. */
  async standings(scope: Scope, ruleset: string): Promise<QuarterStanding[]> {
    return may(scope, 'publications') ? readStandings(this.#options.reader, scope, this.project(ruleset)) : [];
  }

  /** Every publication of the warehouse, under whichever rule set, oldest first. */
  async chain(scope: Scope): Promise<Publication[]> {
    return may(scope, 'publications') ? (await readChain(this.#options.reader)).publications : [];
  }

  /** Hashes and links, without replay. */
  async checkChain(scope: Scope): Promise<Check[]> {
    if (!may(scope, 'verification')) return [];
    const { reader } = this.#options;
    return checkChain(await readChain(reader), await readWitnesses(reader));
  }

  /** Out of the published quarters only. */
  year(figures: Warehouse, scope: Scope, ruleset: string, year: number): Promise<YearScores> {
    return scoreYear(figures, scope, this.project(ruleset), year, { drafts: 'never' });
  }

  /** Objections to scores under the rule set that the scope may see, oldest first. */
  async objections(scope: Scope, ruleset: string): Promise<Objection[]> {
    if (!may(scope, 'objections')) return [];
    const all = objectionsOf((await this.#events.read()).events, this.project(ruleset));
    return all
      .filter((one) => (one.ruleset === null || one.ruleset === ruleset) && seesUnit(scope, one.unit))
      .map((one) => shownObjection(scope, one));
  }

  /** Changes when something is filed, answered, withdrawn or shown; pages with objections are made anew then. */
  async objectionsVersion(): Promise<string> {
    return (await this.#events.read()).version;
  }

  /** When a unit may object; undefined where no draft was shown, or its end is not known yet. */
  async unitWindow(ruleset: string, quarter: string, unit: string): Promise<UnitWindow | undefined> {
    const { events } = await this.#events.read();
    const window = nullWithoutNotice(() => unitWindowOf(events, this.project(ruleset), quarter, unit)) ?? undefined;
    return window && { ...window, open: localDay(new Date()) <= window.until };
  }

  showDraft(scope: Scope, ruleset: string, quarter: string): Promise<Act<DraftWindow>> {
    return acted(() => showDraft(this.#acting(scope, ruleset), quarter));
  }

  fileObjection(scope: Scope, ruleset: string, filing: Filing): Promise<Act<Filed>> {
    const own = scope.units === 'all' ? [] : scope.units;
    return acted(() => fileObjection(this.#acting(scope, ruleset), filing, own));
  }

  withdrawObjection(scope: Scope, ruleset: string, objectionId: string): Promise<Act<Objection>> {
    const own = scope.units === 'all' ? [] : scope.units;
    return acted(() => withdrawObjection(this.#acting(scope, ruleset), objectionId, own));
  }

  answerObjection(
    scope: Scope,
    ruleset: string,
    answer: { objectionId: string; outcome: string; reason: string },
  ): Promise<Act<Objection & { inTime: boolean }>> {
    const { objectionId, outcome, reason } = answer;
    if (!may(scope, 'objection_answers', 'write'))
      return Promise.resolve({ ok: false, reason: 'unknown_objection', values: { id: objectionId } });
    return acted(() => answerObjection(this.#acting(scope, ruleset), objectionId, outcome, reason));
  }

  /** Begins it, or joins the same that is under way. */
  startJob(scope: Scope, request: JobRequest): Job {
    return this.jobs.start(request, scope.account, (onStep) =>
      acted(async () => {
        const publisher = { ...this.#publisher(scope, request.ruleset), onStep };
        const { quarter, reason = '' } = request;
        switch (request.kind) {
          case 'close': {
            const { publication, withoutWindow } = await closeQuarter(publisher, quarter ?? '', reason || undefined);
            return { published: { ...head(publication), withoutWindow } };
          }
          case 'preview':
            return { changes: (await previewCorrection(publisher, quarter ?? '')).changes };
          case 'correct': {
            const { publication, changes } = await correctQuarter(publisher, quarter ?? '', reason);
            return { published: { ...head(publication), withoutWindow: false }, changes };
          }
          case 'verify':
            onStep('verify');
            return { checks: await this.#verify(publisher, quarter) };
        }
      }),
    );
  }

  async #verify({ warehouse, project }: Publisher, quarter: string | null): Promise<Check[]> {
    return verifyPublications(warehouse, project, { ...(quarter === null ? {} : { quarter }), replay: true });
  }

  #publisher(scope: Scope, ruleset: string): Publisher {
    const { warehouse, writer } = this.#options;
    const rights = productRights(scope);
    return {
      warehouse,
      project: this.#freshProject(ruleset),
      write: (events) => writer.write(events, rights),
      by: scope.account,
    };
  }

  #acting(scope: Scope, ruleset: string): Acting {
    const { warehouse, writer } = this.#options;
    const rights = objectionRights(scope);
    const write: Acting['write'] = (events) => writer.write(events, rights).finally(() => this.#events.expire());
    return { warehouse, project: this.#freshProject(ruleset), write };
  }
}

/** Units object for themselves, the office answers; the department of its events is no unit that a scope could name. */
const objectionRights = (scope: Scope): WriteRights =>
  accountRights(scope, OBJECTION_SOURCE, isOffice(scope) ? 'all' : scope.units, ['office']);

function head({ record, recordSha256 }: Publication): { record: Publication['record']; recordSha256: string } {
  return { record, recordSha256 };
}
