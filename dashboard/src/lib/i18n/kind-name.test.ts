import { BUILTIN } from '@hengjian/models/ruleset/catalogue.ts';
import { expect, it } from 'vitest';
import { kindName } from './kind-name.ts';

it('every lost kind that a measure or a kind of part can produce has a name', () => {
  const kinds = [
    ...[...BUILTIN.measures.values()].flatMap(({ lost = [] }) => lost),
    ...[...BUILTIN.kinds.values()].flatMap(({ lost = [] }) => lost),
  ];
  expect(kinds.filter((kind) => kindName('zh-CN', kind) === kind)).toEqual([]);
});
