import { describe, expect, test } from 'vitest';
import { access } from './access.ts';
import { routeQueries } from './route-queries.ts';
import { queryOf, wrongQuery } from './wrong-query.ts';

const wrong = (route: string, query: string) => wrongQuery(route, new URLSearchParams(query));
const pair = (name: string, value: string) => new URLSearchParams([[name, value]]).toString();

test('the routes are those of the table of access', () => {
  expect(Object.keys(routeQueries).sort()).toEqual(Object.keys(access).sort());
});

const declared = Object.keys(routeQueries).flatMap((route) =>
  Object.entries(queryOf(route)).map(([name, form]) => ({ route, name, form })),
);

describe.each(declared)('$route ?$name', ({ route, name, form }) => {
  test('takes its examples, and nothing where it is empty', () => {
    for (const value of [...form.examples.good, ''])
      expect([value, wrong(route, pair(name, value))]).toEqual([value, undefined]);
  });

  test('refuses what is wrong by its name, with what it may be in both languages', () => {
    for (const value of form.examples.wrong) {
      expect([value, wrong(route, pair(name, value))?.name]).toEqual([value, name]);
      // Beside others that are right or unknown, and behind an empty one of the same name where it may come several times.
      expect(wrong(route, `from_mail=1&${pair(name, value)}`)?.is).toEqual(form.is);
    }
    expect(form.is.every((words) => words.length > 3)).toBe(true);
  });

  test('never takes a control character', () => {
    for (const sign of ['\u0000', '\u0007', '\u001b', '\u007f'])
      expect(wrong(route, pair(name, `${form.examples.good[0]}${sign}`))?.name).toBe(name);
  });

  test('twice is one too many, unless it is a choice of several', () => {
    const twice = [name, name].map((one) => pair(one, form.examples.good[0])).join('&');
    expect(wrong(route, twice)).toEqual(form.several ? undefined : { name, value: undefined, is: form.is });
  });
});

test('what a route does not know means nothing to it: parameters of mail programs, of other routes, names of Object', () => {
  for (const query of [
    'from=wechat',
    'utm_source=x&utm_source=y',
    'toString=1&__proto__=2&constructor=3',
    'week=x',
    '%00=%00',
  ])
    expect(wrong('/rules', query)).toBeUndefined();
  expect(wrong('no route', 'quarter=x')).toBeUndefined();
});

test('what came is shown cut, and with what cannot be seen as escapes', () => {
  expect(wrong('/funnel', `week=${encodeURIComponent('\u202e<b>\u0007')}`)?.value).toBe('\\u202e<b>\\u0007');
  expect(wrong('/funnel', `week=${encodeURIComponent('衡'.repeat(41))}`)?.value).toBe(`${'衡'.repeat(40)}…`);
});
