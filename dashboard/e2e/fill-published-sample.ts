import { closeQuarter, loadProject } from '@hengjian/models';
import type { Warehouse } from '@hengjian/warehouse';
import { fillSample } from './fill-sample.ts';

/** The sample with its first quarter published, its second a draft. */
export async function fillPublishedSample(warehouse: Warehouse): Promise<void> {
  await fillSample(warehouse);
  await closeQuarter(warehouse, loadProject(), '2025Q1');
}
