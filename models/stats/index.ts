/** Statistics that the product states; where simple-statistics is right (sampling.md §4.1), it is used directly. */
export { chapmanEstimate, type PopulationEstimate } from './chapman-estimate.ts';
export { type ChapmanProblem, chapmanProblem } from './chapman-problem.ts';
export { clopperPearsonInterval } from './clopper-pearson-interval.ts';
export { type CusumPoint, cusumChart } from './cusum-chart.ts';
export { type EwmaPoint, ewmaChart } from './ewma-chart.ts';
export { funnelLimits } from './funnel-limits.ts';
export type { Interval } from './interval.ts';
export { jamesStein } from './james-stein.ts';
export { jeffreysInterval } from './jeffreys-interval.ts';
export { kendallTauB } from './kendall-tau-b.ts';
export { type NaturalBreaks, naturalBreaks } from './natural-breaks.ts';
export { newcombeInterval } from './newcombe-interval.ts';
export { type EffectiveProportion, type ProportionPrior, proportionPrior } from './proportion-prior.ts';
export { type ShrunkProportions, shrinkProportions } from './shrink-proportions.ts';
export { shrinkRates } from './shrink-rates.ts';
export { wilsonInterval } from './wilson-interval.ts';
