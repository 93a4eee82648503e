/** Golden values of scoring.md §5 under the other readings of the documents. */
import { roundExact } from '@hengjian/contract/round-exact.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseQuarter } from '../calendar/quarter.ts';
import type { ParameterValue } from '../ruleset/parameters.ts';
import { withParameters } from '../ruleset/rule-set.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { buildWhatIf } from '../runner/what-if.ts';
import { goldenG1, goldenG2 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import { marts } from '../testing/marts.ts';

const project = loadProject();
let temporary: TemporaryWarehouse;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, [...goldenG1(), ...goldenG2()]);
  await refresh(temporary.warehouse, project, { quarters: ['2025Q2'] });
});
afterAll(() => temporary.close());

test.each<[string, ParameterValue, string]>([
  ['timely.mode', 'all', '79.9431'],
  ['full90.mode', 'scaled', '84.4711'],
])('G1 with %s: %s is %s', async (name, value, total) => {
  const changed = { ...project, ruleSet: withParameters(project.ruleSet, { [name]: value }) };
  const built = await buildWhatIf(temporary.warehouse, changed, parseQuarter('2025Q2')!);
  try {
    expect(roundExact((await marts(built.warehouse, '2025Q2')).find(({ unit }) => unit === 'scjg')!.total, 4)).toBe(
      total,
    );
  } finally {
    await built.drop();
  }
});
