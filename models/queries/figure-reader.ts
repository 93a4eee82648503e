import type { Scope } from '@hengjian/contract/scope.ts';
import type { Params, Settings, Warehouse } from '@hengjian/warehouse';
import type { PeriodType } from '../calendar/period.ts';
import type { Answer } from './answer.ts';
import { listPeriods, listQuarters, type QuarterEntry } from './list-quarters.ts';
import { type Explanation, type OpenExplanation, readExplanation, readOpenExplanation } from './read-explanation.ts';
import { type ItemEntry, readItems } from './read-items.ts';
import { readRefreshState } from './read-refresh-state.ts';
import { readScores, type Scores } from './read-scores.ts';
import { readUnitExplanations, type UnitExplanations } from './read-unit-explanations.ts';
import { readUnitHistory, type UnitQuarter } from './read-unit-history.ts';
import { readWaitingEvents } from './read-waiting-events.ts';
import { readArrow, readBatches, readRows, type Statement } from './statement.ts';

/**
 * All that one request reads, bound to who asks and to the rule set: made once a request, so that page, layout and API
 * share what is read and nothing is asked or put together twice. Not for longer: it never forgets.
 */
export class FigureReader {
  readonly scope: Scope;
  readonly ruleset: string;
  /** For named queries without a method here; the same statement with the same parameters runs once. */
  readonly warehouse: Warehouse;
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(warehouse: Warehouse, scope: Scope, ruleset: string) {
    this.warehouse = {
      ...warehouse,
      query: <T>(sql: string, params: Params = {}, settings: Settings = {}) =>
        this.#once<T[]>(['rows', sql, params, settings], () => warehouse.query<T>(sql, params, settings)),
      arrow: (sql, params = {}, settings = {}) =>
        this.#once(['arrow', sql, params, settings], () => warehouse.arrow(sql, params, settings)),
    };
    this.scope = scope;
    this.ruleset = ruleset;
  }

  /** Quarters, and the months and years of a rule set that scores them. */
  periods(): Promise<QuarterEntry[]> {
    return this.#once(['periods'], () => listPeriods(this.warehouse, this.scope, this.ruleset));
  }

  /** Newest first. */
  quarters(): Promise<QuarterEntry[]> {
    return this.#once(['quarters'], () => listQuarters(this.warehouse, this.scope, this.ruleset));
  }

  items(quarter: string): Promise<ItemEntry[]> {
    return this.#once(['items', quarter], () => readItems(this.warehouse, this.scope, this.ruleset, quarter));
  }

  scores(quarter: string): Promise<Answer<Scores>> {
    return this.#once(['scores', quarter], () => readScores(this.warehouse, this.scope, this.ruleset, quarter));
  }

  explanation(quarter: string, unit: string, item: string): Promise<Answer<Explanation>> {
    return this.#once(['explanation', quarter, unit, item], () =>
      readExplanation(this.warehouse, this.scope, this.ruleset, quarter, unit, item, () => this.scores(quarter)),
    );
  }

  /** Its rows may be very many; nothing of them is kept. */
  openExplanation(quarter: string, unit: string, item: string): Promise<Answer<OpenExplanation>> {
    return readOpenExplanation(this.warehouse, this.scope, this.ruleset, quarter, unit, item, () =>
      this.scores(quarter),
    );
  }

  unitExplanations(quarter: string, unit: string, rowsPerItem: number): Promise<Answer<UnitExplanations>> {
    return this.#once(['unit', quarter, unit, rowsPerItem], () =>
      readUnitExplanations(this.warehouse, this.scope, this.ruleset, quarter, unit, rowsPerItem, () =>
        this.scores(quarter),
      ),
    );
  }

  unitHistory(unit: string, type: PeriodType = 'quarter'): Promise<UnitQuarter[]> {
    return this.#once(['history', unit, type], () =>
      readUnitHistory(this.warehouse, this.scope, this.ruleset, unit, type),
    );
  }

  refreshState(): ReturnType<typeof readRefreshState> {
    return this.#once(['refresh'], () => readRefreshState(this.warehouse));
  }

  waitingEvents(): Promise<number> {
    return this.#once(['waiting'], () => readWaitingEvents(this.warehouse));
  }

  rows<Row>(statement: Statement<Row>): Promise<Row[]> {
    return readRows(this.warehouse, statement);
  }

  /** Rows that may be very many; nothing of them is kept. */
  batches<Row>(statement: Statement<Row>, size: number): AsyncGenerator<Row[]> {
    return readBatches(this.warehouse, statement, size);
  }

  arrow<Row>(statement: Statement<Row>): Promise<Uint8Array> {
    return readArrow(this.warehouse, statement);
  }

  #once<T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    const asked = this.#answers.get(key) as Promise<T> | undefined;
    if (asked) return asked;
    const asking = ask();
    this.#answers.set(key, asking);
    return asking;
  }
}
