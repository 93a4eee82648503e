import { expect, test } from 'vitest';
import { SessionSightings } from './session-sightings.ts';
import { hashToken } from './token.ts';

function start() {
  const state = { now: 0, away: false, written: [] as string[][] };
  const command = async (_: string, parameters?: Record<string, unknown>) => {
    if (state.away) throw new Error('away');
    state.written.push(parameters?.hashes as string[]);
  };
  return { state, sightings: new SessionSightings({ command } as never, () => state.now) };
}

test('a session that goes on being used is noted once in five minutes, several together, never its token', async () => {
  const { state, sightings } = start();
  for (const token of ['a', 'b', 'a']) sightings.see(token);
  await sightings.flush();
  expect(state.written).toEqual([[hashToken('a'), hashToken('b')]]);
  state.now = 299_999;
  sightings.see('a');
  await sightings.flush();
  expect(state.written).toHaveLength(1);
  state.now = 300_000;
  sightings.see('a');
  await sightings.flush();
  expect(state.written.at(-1)).toEqual([hashToken('a')]);
});

test('what could not be written is noted at the next use', async () => {
  const { state, sightings } = start();
  state.away = true;
  sightings.see('a');
  await sightings.flush();
  state.away = false;
  await sightings.flush();
  expect(state.written).toEqual([]);
  sightings.see('a');
  await sightings.flush();
  expect(state.written).toEqual([[hashToken('a')]]);
});
