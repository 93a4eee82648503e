import { BUILTIN } from '@hengjian/models/ruleset/catalogue.ts';
import { KIND_WORDS } from '@hengjian/models/ruleset/kind-word.ts';
import { expect, it } from 'vitest';
import { kindName } from './kind-name.ts';

it('every lost kind that a measure or a kind of part can produce has a name', () => {
  const kinds = [
    ...[...BUILTIN.measures.values()].flatMap(({ lost = [] }) => lost),
    ...[...BUILTIN.kinds.values()].flatMap(({ lost = [] }) => lost),
  ];
  expect(kinds.filter((kind) => !Object.hasOwn(KIND_WORDS, kind))).toEqual([]);
});

it('a kind of a measure of an office’s own is said in words too, never by its code', () => {
  expect(['guidance_late', 'no_guidance'].map((kind) => [kindName('zh-CN', kind), kindName('en', kind)])).toEqual([
    ['逾期办结', 'Done late'],
    ['未办结', 'Not done'],
  ]);
});
