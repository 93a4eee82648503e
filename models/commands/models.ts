import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CommandContext } from '@hengjian/warehouse';
import { CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { prune } from '../runner/compile-graph.ts';
import { loadModels } from '../runner/load-models.ts';
import { modelsMarkdown } from '../runner/models-markdown.ts';
import { loadProject } from '../runner/project.ts';
import { refreshModels } from '../runner/refresh-models.ts';
import { testLiveModels } from '../runner/test-live-models.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { textTable } from './text-table.ts';

export function registerModelsCommand(program: Command, context: CommandContext): void {
  const models = program.command('models').description('compile, run, test, docs, lineage of the SQL models');
  modelsCompile(models, context);
  modelsRun(models, context);
  modelsTest(models, context);
  modelsDocs(models, context);
  modelsLineage(models, context);
}

function modelsCompile(models: Command, context: CommandContext): void {
  models
    .command('compile')
    .description('check every model file and print the build order')
    .action(() =>
      withExpectedErrors(() => {
        const graph = loadModels();
        const rows = graph.models.map((model) => [model.name, model.kind, model.grain, model.file]);
        context.stdout.write(`${textTable(['model', 'kind', 'grain', 'file'], rows)}\n`);
      }),
    );
}

function modelsRun(models: Command, context: CommandContext): void {
  models
    .command('run')
    .description('build every quarter again')
    .action(() =>
      withExpectedErrors(async () => {
        const result = await refreshModels({
          warehouse: await context.warehouse('app'),
          environment: context.environment,
          full: true,
        });
        context.stdout.write(`build ${result.build}: ${result.built.join(', ') || 'no quarters'}\n`);
      }),
    );
}

function modelsTest(models: Command, context: CommandContext): void {
  models
    .command('test')
    .description('run the tests of the models against what is live')
    .action(() =>
      withExpectedErrors(async () => {
        const results = await testLiveModels(await context.warehouse('app'), loadProject(context.environment));
        const rows = results.map(({ model, test, badRows }) => [
          badRows === 0 ? 'ok' : 'FAIL',
          model,
          test,
          String(badRows),
        ]);
        context.stdout.write(
          `${textTable(['', 'model', 'test', 'bad rows'], rows, ['left', 'left', 'left', 'right'])}\n`,
        );
        const failed = results.filter(({ badRows }) => badRows > 0).length;
        if (failed > 0) throw new CommandError(`${failed} of ${results.length} tests found bad rows.`);
      }),
    );
}

function modelsDocs(models: Command, context: CommandContext): void {
  models
    .command('docs')
    .description('write the reference of the models, as Markdown')
    .option('--out <file>', 'where to write', 'models.md')
    .action(({ out }: { out: string }) =>
      withExpectedErrors(() => {
        context.stdout.write(`${write(out, modelsMarkdown(loadModels()))}\n`);
      }),
    );
}

function modelsLineage(models: Command, context: CommandContext): void {
  models
    .command('lineage')
    .description('what a model is made of, or (without a name) every edge of the graph')
    .argument('[model]')
    .option('--json', 'print JSON only')
    .action((name: string | undefined, options: { json?: boolean }) =>
      withExpectedErrors(() => {
        const graph = loadModels();
        const shown = name === undefined ? graph.models : prune(graph, [name]);
        const edges = shown.map((model) => ({
          model: model.name,
          reads: [...new Set([...model.refs, ...model.sources].map((ref) => ref.name))],
        }));
        const rows = edges.map(({ model, reads }) => [model, '←', reads.join(', ')]);
        context.stdout.write(
          options.json ? `${JSON.stringify(edges)}\n` : `${textTable(['model', '', 'reads'], rows)}\n`,
        );
      }),
    );
}

function write(file: string, text: string): string {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandError(
      `${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'error'}); choose another file with --out.`,
    );
  }
  return path;
}
