import { closeQuarter, loadProject } from '@hengjian/models';
import { writeDirectly } from '@hengjian/models/testing/write-directly.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { fillSample } from './fill-sample.ts';

/** The sample with its first quarter published, its second a draft. */
export async function fillPublishedSample(warehouse: Warehouse): Promise<void> {
  await fillSample(warehouse);
  const project = loadProject();
  await closeQuarter({ warehouse, project, write: writeDirectly(warehouse), by: 'office' }, '2025Q1');
}
