import { expect, test } from 'vitest';
import { parameterHistory, parameterOn } from './parameter-history.ts';
import { parseRuleSet, withParameters } from './rule-set.ts';
import { HEAD } from './testing/small-rule-set.ts';
import { versionSeams } from './version-seams.ts';

const NAME = 'claim.deadlineWorkdays';
const version = (from: string | null, limit: string | null) =>
  parseRuleSet(
    `id: city
${HEAD.replace('from: null', `from: ${from}`)}
parameters: { rank.by: done${limit === null ? '' : `, ${NAME}: ${limit}`} }
items:
  - { id: claim, name: { zh: 认领, en: Claims }, duty: [licence], clause: 一, parts: [{ id: rate, kind: rate, measure: push_claim, clause: 一 }] }
`,
    'test',
  );
const on = (limit: string | null, day: string) => parameterOn(version(null, limit), NAME, day);

test('a parameter has the value in force on a day, before the first one its default', () => {
  const dated = '[{ value: 10 }, { from: 2025-07-01, value: 5 }]';
  expect([on(dated, '1999-01-01'), on(dated, '2025-06-30'), on(dated, '2025-07-01')]).toEqual([10, 10, 5]);
  const begun = '[{ from: 2025-07-01, value: 5 }]';
  expect([on(begun, '2025-06-30'), on(begun, '2025-07-01')]).toEqual([null, 5]);
  expect([on('7', '2025-06-30'), on(null, '2025-06-30')]).toEqual([7, null]);
  expect(parameterHistory(withParameters(version(null, dated), { [NAME]: 3 }), NAME)).toEqual([
    { from: null, value: 3 },
  ]);
});

test('a later version that does not say how long a deadline was before it is named', () => {
  const first = version(null, '20');
  expect(versionSeams(first, version('2025-07-01', '10'))).toEqual([
    { parameter: NAME, from: '2025-07-01', before: 20, assumed: 10, after: 10 },
  ]);
  expect(versionSeams(first, version('2025-07-01', null))).toMatchObject([{ before: 20, assumed: null }]);
  expect(versionSeams(first, version('2025-07-01', '20'))).toEqual([]);
  expect(versionSeams(first, version('2025-07-01', '[{ value: 20 }, { from: 2025-07-01, value: 10 }]'))).toEqual([]);
});
