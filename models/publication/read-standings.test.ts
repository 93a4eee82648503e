import { expect, test } from 'vitest';
import { stageOf } from './read-standings.ts';

const window = { quarter: '2025Q2', shownOn: '2025-07-10', plainUntil: '2025-07-17', until: '2025-07-18' };
const base = { quarter: '2025Q2', cutoff: '2025-07-09', window: null, open: 0, newest: undefined };

test('a quarter runs, counts, is drafted, shown, contested, ready', () => {
  expect(stageOf({ ...base, today: '2025-06-30' })).toBe('running');
  expect(stageOf({ ...base, today: '2025-07-01' })).toBe('counting');
  expect(stageOf({ ...base, today: '2025-07-09' })).toBe('counting');
  expect(stageOf({ ...base, today: '2025-07-10' })).toBe('draft');
  expect(stageOf({ ...base, window, today: '2025-07-18', open: 1 })).toBe('window');
  expect(stageOf({ ...base, window, today: '2025-07-19', open: 1 })).toBe('contested');
  expect(stageOf({ ...base, window, today: '2025-07-19' })).toBe('ready');
  expect(stageOf({ ...base, cutoff: null, today: '2026-01-05' })).toBe('counting');
});
