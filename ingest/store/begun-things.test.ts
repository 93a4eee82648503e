import { expect, test } from 'vitest';
import { BegunThings } from './begun-things.ts';

function event(type: string, data: object, unit = 'scjg', source = 'urn:a') {
  const bytes = Buffer.from(JSON.stringify(data));
  const texts = { type: { text: type }, department: { text: unit }, source: { text: source }, region: { text: '' } };
  return { ...texts, bytes, dataStart: 0, dataEnd: bytes.length };
}
const filed = (objection_id: string, unit = 'scjg') => event('objection.filed', { objection_id }, unit);

test('what was begun is of whom the events name, as each kind of thing that it is', () => {
  const begun = new BegunThings();
  for (const one of [
    filed('O'),
    filed('O'),
    event('objection.forwarded', { objection_id: 'F', to_unit: 'czj' }),
    event('inspection.done', { task_id: 'T' }),
    event('task.created', { task_id: 'T', lead: 'czj', participants: ['rsj', 7] }, 'office'),
    event('punishment.initiated', { case_id: 'C', implementers: ['czj'] }),
    event('score_objection.filed', { objection_id: 'S', unit: 'czj' }, 'office'),
    event('risk.alert_raised', { alert_id: 'A' }, 'office'),
    event('risk.alert_assigned', { alert_id: 'A', unit: 'czj' }, 'office'),
    event('risk.alert_raised', { alert_id: 7 }),
  ])
    begun.note(one);
  expect([begun.of('objection', 'O'), begun.of('answer', 'O')]).toEqual([['scjg'], ['scjg']]);
  expect([begun.of('objection', 'F'), begun.of('answer', 'F')]).toEqual([['scjg', 'czj'], ['czj']]);
  expect([begun.of('task', 'T'), begun.of('case', 'C')]).toEqual([['czj', 'rsj'], ['scjg']]);
  expect([begun.of('score_objection', 'S'), begun.of('alert', 'A')]).toEqual([['czj'], ['office', 'czj']]);
  expect([begun.of('alert', 'O'), begun.of('task', 'O'), begun.push('O')]).toEqual([undefined, undefined, undefined]);
});

test('of an edge that runs for months the latest are remembered, and pushes do not make it forget other things', () => {
  const begun = new BegunThings();
  for (let n = 0; n < 30_000; n++) begun.note(filed(`O-${n}`));
  for (let n = 0; n < 30_000; n++) begun.note(event('registration.pushed', { push_id: `P-${n}` }));
  expect([begun.of('objection', 'O-0'), begun.of('objection', 'O-29999')]).toEqual([undefined, ['scjg']]);
  expect([begun.push('P-0'), begun.push('P-29999')]).toEqual([undefined, { units: ['scjg'], sources: ['urn:a'] }]);
  begun.note(filed('x'.repeat(1_000)));
  expect(begun.of('objection', 'x'.repeat(1_000))).toBeUndefined();
});
