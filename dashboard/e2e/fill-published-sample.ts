import { closeQuarter, loadProject } from '@hengjian/models';
import { writeDirectly } from '@hengjian/models/testing/write-directly.ts';
import type { Filling } from '@hengjian/warehouse/testing.ts';
import { SAMPLE } from './fill-sample.ts';

/** The sample with its first quarter published, its second a draft. */
export const PUBLISHED_SAMPLE: Filling = {
  name: 'published-sample',
  base: SAMPLE,
  async fill(warehouse) {
    const project = loadProject();
    await closeQuarter({ warehouse, project, write: writeDirectly(warehouse), by: 'office' }, '2025Q1');
  },
};
