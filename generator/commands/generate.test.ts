import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { Command } from 'commander';
import { afterAll, expect, it } from 'vitest';
import { registerGeneratorCommands } from './generate.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-generate-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs the command; gives what it wrote to stdout. */
async function run(...args: string[]): Promise<string> {
  const pieces: Buffer[] = [];
  const stdout = new Writable({
    write(piece, _, done) {
      pieces.push(piece);
      done();
    },
  });
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerGeneratorCommands(program, { stdout, stderr: new Writable({ write: (_, __, done) => done() }) });
  await program.parseAsync(['generate', ...args], { from: 'user' });
  return Buffer.concat(pieces).toString('utf8');
}

const SMALL = ['--events', '3000', '--until', '2026-03-31'];

it('writes exactly the asked number of lines, the same to stdout, to a file and to a compressed file', async () => {
  const text = await run(...SMALL);
  expect(text.split('\n')).toHaveLength(3001);
  const plain = join(directory, 'events.ndjson');
  const packed = `${plain}.gz`;
  expect(await run(...SMALL, '--out', plain)).toBe('');
  await run(...SMALL, '--out', packed);
  expect(readFileSync(plain, 'utf8')).toBe(text);
  expect(gunzipSync(readFileSync(packed)).toString('utf8')).toBe(text);
});

it('says what is wrong with an option or a file', async () => {
  await expect(run('--events', 'many')).rejects.toThrow(/whole number from 1, not "many"/);
  await expect(run('--until', 'tomorrow')).rejects.toThrow(/not a day \(YYYY-MM-DD\): tomorrow/);
  await expect(run(...SMALL, '--out', join(directory, 'none', 'x.ndjson'))).rejects.toThrow(/cannot write .*none/);
});
