import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { closeQuarter, correctQuarter, type Publication } from '../publication/publish.ts';
import { loadProject } from '../runner/project.ts';
import { withExpectedErrors } from './expected-errors.ts';

export function registerPublicationCommands(program: Command, context: CommandContext): void {
  for (const [name, description, publish] of [
    ['close', 'publish (freeze) a quarter', closeQuarter],
    ['correct', 'publish a dated correction of a published quarter', correctQuarter],
  ] as const) {
    program
      .command(name)
      .description(description)
      .argument('<quarter>', 'for example 2025Q2')
      .option('--json', 'print JSON only')
      .action((quarter: string, options: { json?: boolean }) =>
        withExpectedErrors(async () => {
          const done = await publish(await context.warehouse('app'), loadProject(context.environment), quarter);
          context.stdout.write(`${options.json ? json(done) : sentence(done)}\n`);
        }),
      );
  }
}

function json({ publishedAt, contentHash, ...rest }: Publication): string {
  return JSON.stringify({ ...rest, published_at: `${publishedAt.replace(' ', 'T')}+08:00`, content_hash: contentHash });
}

function sentence({ quarter, number, status, contentHash, changed }: Publication): string {
  const what = status === 'published' ? `${quarter} is published` : `${quarter} is corrected (publication ${number})`;
  const difference =
    status === 'published'
      ? ''
      : changed.length > 0
        ? ` Changed: ${changed.join(', ')}.`
        : ' No unit’s total or rank changed.';
  return `${what}; SHA-256 of its content ${contentHash}.${difference}`;
}
