/** The models' reference for docs/models.md, out of their headers. */
import type { ModelGraph } from './compile-graph.ts';
import type { Model } from './model.ts';
import { testName, testsOf } from './run-tests.ts';

const LAYERS = [
  ['staging', 'Staging: events with typed columns'],
  ['intermediate', 'Intermediate: what counts in a quarter'],
  ['marts', 'Marts: what is shown'],
  ['serving', 'Serving: figures for the pages'],
] as const;

export function modelsMarkdown(graph: ModelGraph): string {
  const lines = [
    '# Models',
    '',
    'Made from the headers of the SQL files by `hengjian models docs --markdown docs/models.md`; do not edit by hand.',
    '',
    'Kinds: `append` (each recorded batch once), `incremental` (a partition a quarter; only touched quarters are built again), `table` (built whole),',
    '`ephemeral` (never stored), `view`.',
  ];
  for (const [layer, title] of LAYERS) {
    const models = graph.models.filter((model) => model.layer === layer);
    if (models.length > 0) lines.push('', `## ${title}`, ...models.flatMap(section));
  }
  return `${lines.join('\n')}\n`;
}

function section(model: Model): string[] {
  const reads = [...new Set([...model.refs, ...model.sources].map(({ name }) => `\`${name}\``))];
  const tests = testsOf(model).map((test) => `\`${testName(test)}\``);
  return [
    '',
    `### ${model.name}`,
    '',
    `${model.description}`,
    '',
    `*${model.kind}* · ${model.grain} · owner ${model.owner} · \`models/${model.file}\``,
    ...(reads.length > 0 ? ['', `Reads ${reads.join(', ')}.`] : []),
    ...(tests.length > 0 ? ['', `Tests: ${tests.join(', ')}.`] : []),
    '',
    '| column | |',
    '| --- | --- |',
    ...Object.entries(model.columns).map(([column, text]) => `| \`${column}\` | ${text.replaceAll('|', '\\|')} |`),
  ];
}
