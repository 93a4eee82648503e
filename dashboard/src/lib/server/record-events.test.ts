import type { Scope } from '@hengjian/contract/scope.ts';
import { expect, test, vi } from 'vitest';
import { type EventDraft, recordEvents } from './record-events.ts';

const accepted = async (units: Scope['units'], drafts: EventDraft[]) => {
  const write = vi.fn(async () => ({ accepted: drafts.length, duplicate: 0, rejected: [] }));
  const parts = { checkEvent: () => [], writer: { write } } as unknown as App.Locals['parts'];
  const scope: Scope = { account: 'half', roles: ['office'], units, areas: 'all' };
  const recorded = await recordEvents({ parts, scope }, drafts, undefined);
  expect(write).toHaveBeenCalledTimes(recorded.ok ? 1 : 0);
  return recorded.ok;
};
const meeting = (...required: string[]): EventDraft => ({
  type: 'meeting.held',
  department: 'scjg',
  data: { meeting_id: 'M', required },
});

test('of an office account that is limited to a unit nothing about another is written, whatever the form offered', async () => {
  expect(await accepted(['scjg'], [meeting('scjg')])).toBe(true);
  expect(await accepted(['scjg'], [meeting('scjg', 'czj')])).toBe(false);
  // One of several keeps all of them back.
  expect(await accepted(['scjg'], [meeting('scjg'), meeting('czj')])).toBe(false);
  expect(await accepted('all', [meeting('scjg'), meeting('czj')])).toBe(true);
});
