/** The empty tables of lists: recognised as what they are, their example passed over, and read back once its mark is gone. */
import { readdirSync } from 'node:fs';
import { eventFamilies } from '@hengjian/contract/schema/event-types.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandLine, commandLine } from '../../testing/command-line.ts';
import { entryFamilies } from '../entries/entry-layouts.ts';
import type { Layout } from '../layouts/layout.ts';
import { loadLayouts } from '../layouts/load-layouts.ts';
import { filledTemplate, LINES, readTemplate, templateDirectory, templatePath } from './testing/filled-template.ts';

let cli: CommandLine;
let directory: string;
beforeAll(async () => {
  cli = await commandLine();
  directory = templateDirectory(cli);
  expect(await cli.run('templates', directory)).toMatchObject({ exitCode: 0 });
});
afterAll(() => cli.close());

const withTemplate = loadLayouts().filter(({ template }) => template);
const families = entryFamilies();

test('one for each list that people fill in and each family of what else they enter, none written over', async () => {
  expect(readdirSync(directory)).toHaveLength(withTemplate.length + families.length);
  const readings = (layouts: readonly Layout[]) => new Set(layouts.map(({ rows }) => rows)).size;
  expect(readings(withTemplate)).toBe(readings(loadLayouts()));
  const entered = new Set(eventFamilies.map(({ family }) => family));
  for (const family of ['publications', 'lists', 'meetings', 'objections']) entered.delete(family);
  // Of the others every event has a list of its own, or the product writes it.
  expect(new Set(families.map(({ id }) => id.replace('entries-', '')))).toEqual(entered);
  expect(await cli.run('templates', directory)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/exists already/),
  });
});

test('as it came down a template brings nothing', async () => {
  const files = [...withTemplate, ...families].filter(({ id }) => !LINES[id]).map(({ id }) => templatePath(cli, id));
  const ran = await cli.run('import', ...files);
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(ran.stdout.trim().split('\n').at(-1)!)).toMatchObject({ accepted: 0, rejected: 0 });
});

test.each(withTemplate.map((layout) => [layout.id, layout] as const))(
  '%s: its example is read back',
  async (id, layout) => {
    const found = await readTemplate(cli, await filledTemplate(cli, id, [layout]));
    expect(found.refused).toEqual([]);
    expect(found.layouts).toEqual([id]);
    expect(found.events.length).toBeGreaterThan(0);
  },
);
