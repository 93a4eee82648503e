import { readFileSync } from 'node:fs';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { expect, test } from 'vitest';
import { EventChecker } from '../check/event-checker.ts';
import { renderEventReference } from './event-reference.ts';

const page = renderEventReference();

test('docs/events.md is current (npm run docs brings it up to date)', () => {
  expect(readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8')).toBe(page);
});

test('every type has its section', () => {
  for (const type of eventTypes.keys()) expect(page).toContain(`#### \`${type}\``);
});

test('the example is a good event', () => {
  const json = Buffer.from(/```json\n(.*)\n```/.exec(page)![1]!);
  expect(new EventChecker(Date.now()).check(json, 0, json.length, true)).toBeUndefined();
});
