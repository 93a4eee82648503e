/**
 * What earlier inspections of the same group found: the logit of the shrunken past rate minus the logit of the overall past rate.
 *
 * Only training rows of EARLIER days count (never the row itself, never one of the same day, never an outcome of the rows that
 * are scored), so the feature is known before the inspection. rate = (Σ dᵢ yᵢ + prior · p₀) / (Σ dᵢ + prior) with
 * dᵢ = ½^(age / half-life) and p₀ the overall rate so far: the posterior mean of a beta-binomial model with prior strength "prior".
 */
import type { Encoder } from './encoder.ts';
import { type InspectionRows, readOutcomes } from './inspection-rows.ts';
import type { HistoryFeature } from './mapping-schema.ts';
import { isMissing } from './read-table.ts';

const PRIOR = 10;

interface Group {
  hits: number;
  count: number;
  day: number;
}

/** @throws CommandError where the column of outcomes holds something else than 0 and 1 */
export function historyEncoder(feature: HistoryFeature, train: InspectionRows): Encoder {
  const by = typeof feature.by === 'string' ? [feature.by] : feature.by;
  const past = { keys: keysOf(train, by), y: readOutcomes(train.table, feature.history), day: train.day };
  const pastOrder = byDay(train.day);
  return {
    labels: [`past ${feature.history} by ${by.join(' + ')}`],
    encode(rows) {
      const keys = keysOf(rows, by);
      const values = new Float64Array(keys.length);
      const memory = new Memory(feature);
      let next = 0;
      for (const row of byDay(rows.day)) {
        const today = rows.day[row]!;
        for (; next < pastOrder.length; next++) {
          const earlier = pastOrder[next]!;
          if (past.day[earlier]! >= today - (feature.lag_days ?? 0)) break;
          const key = past.keys[earlier];
          const outcome = past.y[earlier]!;
          if (key !== undefined && !Number.isNaN(outcome)) memory.add(key, outcome, past.day[earlier]!);
        }
        const key = keys[row];
        values[row] = key === undefined ? Number.NaN : memory.logOdds(key, today);
      }
      return [values];
    },
  };
}

const byDay = (day: Float64Array): Uint32Array =>
  Uint32Array.from({ length: day.length }, (_, i) => i).sort((a, b) => day[a]! - day[b]!);

/** undefined where a part of the group is not known. */
function keysOf({ table }: InspectionRows, by: readonly string[]): (string | undefined)[] {
  const columns = by.map((column) => table.columns.get(column)!);
  return Array.from({ length: table.size }, (_, row) => {
    const parts = columns.map((texts) => texts[row]!);
    return parts.some(isMissing) ? undefined : parts.join('\u001f');
  });
}

class Memory {
  readonly #prior: number;
  readonly #halfLife: number;
  readonly #groups = new Map<string, Group>();
  #hits = 0;
  #count = 0;

  constructor({ prior = PRIOR, half_life_days = Number.POSITIVE_INFINITY }: HistoryFeature) {
    this.#prior = prior;
    this.#halfLife = half_life_days;
  }

  add(key: string, outcome: number, day: number): void {
    const group = this.#groups.get(key) ?? { hits: 0, count: 0, day };
    const decay = 0.5 ** ((day - group.day) / this.#halfLife);
    this.#groups.set(key, { hits: group.hits * decay + outcome, count: group.count * decay + 1, day });
    this.#hits += outcome;
    this.#count++;
  }

  logOdds(key: string, day: number): number {
    const overall = (this.#hits + 0.5) / (this.#count + 1);
    const group = this.#groups.get(key);
    if (!group) return 0;
    const decay = 0.5 ** ((day - group.day) / this.#halfLife);
    const rate = (group.hits * decay + this.#prior * overall) / (group.count * decay + this.#prior);
    return logit(rate) - logit(overall);
  }
}

const logit = (p: number): number => Math.log(p / (1 - p));
