/** What a reader of the figures must know before trusting them. */
import { statisticText } from '@hengjian/contract/statistic-text.ts';
import { aucDelong } from './auc-delong.ts';
import type { Design } from './fit-design.ts';
import type { InspectionRows } from './inspection-rows.ts';
import { formatDay } from './parse-day.ts';
import { rankCorrelation } from './rank-correlation.ts';
import type { Mapping } from './read-mapping.ts';

export interface BacktestWarning {
  code: string;
  zh: string;
  en: string;
}

/** A single column that orders the outcomes this well was most likely written after the inspection. */
const TELL_TALE_AUC = 0.95;
/** |z| beyond which the order of inspections is taken as chosen, not drawn. */
const CHOSEN_Z = 3;
const SHIFTED_INDEX = 0.25;
const FEW_VIOLATIONS = 20;

interface Material {
  mapping: Mapping;
  /** As read; some rows may lack the outcome. */
  allTrain: InspectionRows;
  train: InspectionRows;
  test: InspectionRows;
  design: Design;
  score: Float64Array;
  stability: number;
}

export function backtestWarnings(material: Material): BacktestWarning[] {
  return [
    ...samplingWarnings(material),
    ...timeWarnings(material),
    ...rowWarnings(material),
    ...tellTaleWarnings(material),
  ];
}

function samplingWarnings({ mapping, test, score }: Material): BacktestWarning[] {
  const warnings: BacktestWarning[] = [];
  if (!mapping.probability)
    warnings.push({
      code: 'not_random',
      zh: '映射未给出抽取概率（probability），检查对象可能不是随机抽取：各项数字只说明被检查过的对象，不代表全部对象。',
      en: 'The mapping names no inclusion probability, so the inspected may not be a random sample: the figures speak of subjects that were inspected, not of all subjects.',
    });
  const order = rankCorrelation(score, test.day);
  if (order && Math.abs(order.z) > CHOSEN_Z)
    warnings.push({
      code: 'schedule_not_random',
      zh: `检查的先后与评分相关（ρ = ${statisticText(order.rho, 3)}，z = ${statisticText(order.z, 1)}）：原有安排并非随机，“提前天数”须谨慎解读。`,
      en: `The order of the inspections goes with the scores (ρ = ${statisticText(order.rho, 3)}, z = ${statisticText(order.z, 1)}): they were not scheduled at random, so read "days earlier" with care.`,
    });
  return warnings;
}

function timeWarnings({ train, test, stability }: Material): BacktestWarning[] {
  const warnings: BacktestWarning[] = [];
  const trainedTo = train.day.reduce((a, b) => Math.max(a, b));
  const testFrom = test.day.reduce((a, b) => Math.min(a, b));
  if (testFrom <= trainedTo)
    warnings.push({
      code: 'overlapping_time',
      zh: `检验数据从 ${formatDay(testFrom)} 开始，早于训练数据的最后一天 ${formatDay(trainedTo)}：结果不是对未来的检验。`,
      en: `The test begins on ${formatDay(testFrom)}, not after the last day of training (${formatDay(trainedTo)}): this is no test on unseen time.`,
    });
  if (stability > SHIFTED_INDEX)
    warnings.push({
      code: 'population_shift',
      zh: `评分分布与训练时明显不同（PSI = ${statisticText(stability, 2)}）：模型可能已过时。`,
      en: `The scores are distributed otherwise than in training (PSI = ${statisticText(stability, 2)}): the model may be out of date.`,
    });
  return warnings;
}

function rowWarnings({ mapping, allTrain, train, test }: Material): BacktestWarning[] {
  const warnings: BacktestWarning[] = [];
  const dropped = allTrain.y.length - train.y.length;
  if (dropped > 0)
    warnings.push({
      code: 'train_without_outcome',
      zh: `训练数据中有 ${dropped} 行没有 ${mapping.target}，未参与拟合。`,
      en: `${dropped} training rows have no ${mapping.target} and took no part in the fit.`,
    });
  const unknown = test.y.filter(Number.isNaN).length;
  const hits = test.y.reduce((sum, v) => sum + (v === 1 ? 1 : 0), 0);
  if (unknown > 0 && unknown < test.y.length)
    warnings.push({
      code: 'test_without_outcome',
      zh: `检验数据中有 ${unknown} 行没有 ${mapping.target}：已评分，但不计入各项数字。`,
      en: `${unknown} test rows have no ${mapping.target}: they are scored, but not counted in the figures.`,
    });
  if (unknown < test.y.length && hits < FEW_VIOLATIONS)
    warnings.push({
      code: 'few_violations',
      zh: `检验数据只有 ${hits} 次发现问题，区间很宽。`,
      en: `The test rows hold only ${hits} findings; the intervals are wide.`,
    });
  const ids = test.table.columns.get(mapping.id)!;
  const known = new Set(allTrain.table.columns.get(mapping.id));
  const shared = ids.filter((id) => known.has(id)).length;
  if (shared > 0)
    warnings.push({
      code: 'rows_in_both',
      zh: `检验数据中有 ${shared} 行的 ${mapping.id} 也在训练数据中。`,
      en: `${shared} test rows have an ${mapping.id} that training also has.`,
    });
  const repeated = ids.length - new Set(ids).size;
  if (repeated > 0)
    warnings.push({
      code: 'repeated_ids',
      zh: `检验数据中有 ${repeated} 行重复使用 ${mapping.id}；评分按行的顺序写出。`,
      en: `${repeated} test rows repeat an ${mapping.id}; scores are written in the order of the rows.`,
    });
  return warnings;
}

function tellTaleWarnings({ mapping, train, design }: Material): BacktestWarning[] {
  const x = design.matrix(train);
  const p = design.columns.length;
  return design.columns.flatMap(({ label, feature }, j) => {
    if ('history' in mapping.features[feature]!) return [];
    const column = Float64Array.from(train.y, (_, i) => x[i * p + j]!);
    const auc = aucDelong(train.y, column)!.value;
    const strength = Math.max(auc, 1 - auc);
    if (strength < TELL_TALE_AUC) return [];
    return [
      {
        code: 'outcome_like_feature',
        zh: `仅凭 ${label} 就几乎能判断结果（AUC ${statisticText(strength, 3)}）：它很可能是检查之后才知道的结果，请从映射中删除。`,
        en: `${label} alone nearly tells the outcome (AUC ${statisticText(strength, 3)}): it was most likely written after the inspection; take it out of the mapping.`,
      },
    ];
  });
}
