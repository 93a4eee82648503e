import type { CommandContext } from '@hengjian/warehouse';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { COMMAND_ROOMS, registerCommands } from './command-rooms.ts';

const context = { environment: { dataDir: '/nowhere', ruleset: '' } } as CommandContext;
const names = (program: Command) => program.commands.map((command) => command.name());

test.each(COMMAND_ROOMS)('"$commands" are what their room registers', async ({ commands, register }) => {
  const program = new Command();
  await register(program, context);
  expect(names(program)).toEqual(commands.split(' '));
  expect(program.commands.flatMap((command) => command.aliases())).toEqual([]);
});

test('one name loads one room; help, and what nobody knows, all', async () => {
  const all = COMMAND_ROOMS.flatMap(({ commands }) => commands.split(' '));
  for (const [asked, expected] of [
    ['import', ['import']],
    ['key', ['rejects', 'key', 'events', 'layouts', 'templates']],
    ['--help', all],
    ['no-such', all],
    [undefined, all],
  ] as const) {
    const program = new Command();
    await registerCommands(program, context, asked);
    expect(names(program)).toEqual(expected);
  }
});
