import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '@hengjian/warehouse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { knownAreas } from '#accounts/known-areas.ts';
import { scopeAreas } from './scope-choices.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hengjian-scope-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const units = [{ id: 'a', name: '甲', duties: [], regions: ['530502'] }];
const app = { query: async () => [{ area: '999999' }] } as unknown as App.Locals['parts']['app'];

/** What pages offer, and what they write to the log. */
async function offered(): Promise<{ areas: string[]; warnings: string[] }> {
  const warnings: string[] = [];
  const parts = {
    app,
    environment: { dataDir },
    ruleSets: [{ id: 'x' }],
    acts: { project: () => ({ ruleSet: { data: { units } } }) },
    logger: { warn: ({ err }: { err: Error }) => warnings.push(err.message) },
  } as unknown as App.Locals['parts'];
  return { areas: await scopeAreas({ parts }), warnings };
}

test('areas are those of events, the registry and units', async () => {
  writeFileSync(join(dataDir, 'areas.csv'), 'code,zh,en\n320671002,甲,A\n');
  const { areas, warnings } = await offered();
  expect(areas).toEqual(expect.arrayContaining(['320671002', '530502', '999999']));
  expect(warnings).toEqual([]);
});

test.each([
  ['areas.csv', 'code,zh,en\n320671002,甲,A\n320671002,乙,B\n', /areas\.csv:3/],
  ['areas.yaml', 'areas: { 320671003: { zh: 丙 } }', /areas\.yaml holds no usable areas/],
] as const)('a wrong line in %s leaves pages the other areas, and the command is refused', async (file, text, said) => {
  writeFileSync(join(dataDir, file), text);
  const { areas, warnings } = await offered();
  expect(areas).toEqual(expect.arrayContaining(['530502', '999999']));
  expect(warnings).toEqual([expect.stringMatching(said)]);
  const refused = knownAreas(app, dataDir, units);
  await expect(refused).rejects.toThrow(said);
  await expect(refused).rejects.toBeInstanceOf(CommandError);
});
