import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { expect, test } from 'vitest';
import { eventTypeName } from './event-type-name.ts';

test('an event type has one Chinese name, the same on the pages, in the tables and in the reference', () => {
  for (const { type, title } of eventTypes.values()) expect(eventTypeName(type, 'zh-CN'), type).toBe(title.zh);
});

test('no two event types share a name, in either language', () => {
  for (const language of ['zh', 'en'] as const) {
    const byName = Map.groupBy(eventTypes.values(), ({ title }) => title[language]);
    const shared = [...byName.values()]
      .filter((types) => types.length > 1)
      .map((types) => types.map(({ type }) => type));
    expect(shared).toEqual([]);
  }
});
