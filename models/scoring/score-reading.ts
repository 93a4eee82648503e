/** The total of a unit under one reading, from counts. Exact fractions, the formulas of docs/scores.md. */
import Fraction from 'fraction.js';
import type { RuleSet } from '../ruleset/rule-set.ts';
import type { RuleSetItem, RuleSetPart } from '../ruleset/schema.ts';
import type { Counts } from './read-measures.ts';
import type { Reading } from './readings.ts';

export interface UnitFigures {
  /** Items the unit has the duty for. */
  items: readonly RuleSetItem[];
  counts(measure: string): Counts;
  /** Share of a part that no reading changes (steps, checklists, marks, deductions), and its count. */
  built(item: string, part: string): { share: Fraction; done: number };
}

const ZERO = new Fraction(0);
const ONE = new Fraction(1);

export function scoreReading(ruleSet: RuleSet, unit: UnitFigures, reading: Reading): Fraction {
  const all = ruleSet.data.items;
  const empty = (item: RuleSetItem) => {
    const part = item.parts.find(({ shown }) => shown)!;
    return (part.kind === 'ratio' || part.kind === 'ratio_full') && unit.counts(part.measure!).due === 0;
  };
  let scored = unit.items;
  if (reading.zeroDue === 'reallocate') {
    const busy = scored.filter((item) => !empty(item));
    if (busy.some((item) => item.receives_reallocation)) scored = busy;
  }
  const weigh = (items: readonly RuleSetItem[]) => items.reduce((sum, { weight }) => sum.add(weight!), ZERO);
  const receiving = weigh(scored.filter((item) => item.receives_reallocation));
  const k = receiving.equals(0) ? ONE : receiving.add(weigh(all)).sub(weigh(scored)).div(receiving);
  return scored.reduce(
    (total, item) => total.add(itemPoints(ruleSet, item, unit, reading, item.receives_reallocation ? k : ONE)),
    ZERO,
  );
}

function itemPoints(ruleSet: RuleSet, item: RuleSetItem, unit: UnitFigures, reading: Reading, k: Fraction): Fraction {
  const filled = item.parts.some((part) => {
    const kind = ruleSet.catalogue.kinds.get(part.kind)!;
    const fillsAt = kind.fillsAt?.(part, { parameters: reading, binding: (measure) => measure }) ?? null;
    return fillsAt !== null && unit.built(item.id, part.id).done >= fillsAt;
  });
  if (filled) return k.mul(item.weight!);
  return item.parts.reduce(
    (sum, part) => sum.add(fullPoints(item, part, reading, k).mul(share(item, part, unit, reading))),
    ZERO,
  );
}

function fullPoints(item: RuleSetItem, part: RuleSetPart, reading: Reading, k: Fraction): Fraction {
  if (reading['realloc.scaleTimely'] === true) return k.mul(part.points!);
  return part.kind === 'timely' ? new Fraction(part.points!) : k.sub(1).mul(item.weight!).add(part.points!);
}

function share(item: RuleSetItem, part: RuleSetPart, unit: UnitFigures, reading: Reading): Fraction {
  if (part.kind !== 'ratio' && part.kind !== 'timely' && part.kind !== 'ratio_full')
    return unit.built(item.id, part.id).share;
  const { due, done, onTime } = unit.counts(part.measure!);
  if (due === 0) return ONE;
  if (part.kind === 'ratio') return new Fraction(done, due);
  if (part.kind === 'timely') {
    if (done === 0) return ZERO;
    const base = reading['timely.of'] === 'due' ? due : done;
    return reading['timely.mode'] === 'all' ? (onTime === base ? ONE : ZERO) : new Fraction(onTime, base);
  }
  const ratio = new Fraction(done, due);
  const threshold = part.threshold as number;
  if (ratio.gte(threshold)) return ONE;
  return reading['full90.mode'] === 'scaled' ? ratio.div(threshold) : ratio;
}
