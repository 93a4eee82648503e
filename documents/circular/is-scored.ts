import type { PublishedQuarter } from '@hengjian/models';

type Snapshot = Pick<PublishedQuarter, 'snapshot'>;

/** false: the rule set sets no points, so that nothing has a total. */
export const isScored = ({ snapshot }: Snapshot): boolean => snapshot.units.some(({ total }) => total !== null);

/** What is published. */
export const figuresName = (quarter: Snapshot): string => (isScored(quarter) ? '评分' : '指标结果');
