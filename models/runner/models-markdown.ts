/** The models' reference for docs/models.md, out of their headers. */
import type { ModelGraph } from './compile-graph.ts';
import type { Model } from './model.ts';
import { testName, testsOf } from './run-tests.ts';

const LAYERS = [
  ['staging', 'Staging: events with typed columns'],
  ['intermediate', 'Intermediate: what counts in a quarter'],
  ['measures', 'Measures: what a rule set counts'],
  ['kinds', 'Kinds: what a part of an item is worth'],
  ['marts', 'Marts: what is shown'],
  ['serving', 'Serving: figures for the pages'],
] as const;

const NARROWED = {
  push: 'the pushes',
  subject: 'the subjects',
  unit_day: 'the units and days',
  event: 'the events whose verdict they can change, if not theirs,',
} as const;

export function modelsMarkdown(graph: ModelGraph): string {
  const lines = [
    '# Models',
    '',
    'Made from the headers of the SQL files by `hengjian models docs --out docs/models.md`; do not edit by hand.',
    '',
    'Kinds: `append` (each recorded batch once), `incremental` (a partition a quarter; only touched quarters are built again), `table` (built whole),',
    '`ephemeral` and `measure` (never stored), `view`.',
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
    ...(model.reads ? ['', `Events: ${model.reads.map((type) => `\`${type}\``).join(', ')}.`] : []),
    ...(model.narrow ? ['', `After new events only ${NARROWED[model.narrow.by]} that they touch.`] : []),
    ...measureLines(model),
    ...(tests.length > 0 ? ['', `Tests: ${tests.join(', ')}.`] : []),
    '',
    ...table('column', Object.entries(model.columns)),
  ];
}

/** What a measure needs of a rule set, and what it says of what is lost. */
function measureLines(model: Model): string[] {
  if (model.kind !== 'measure') return [];
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const facts = [
    ...(model.duties ? [`Asks for the duty ${code(model.duties)}.`] : []),
    ...(model.lost ? [`Lost: ${code(model.lost)}.`] : []),
    ...(model.work ? [`Work: ${code(model.work)}.`] : []),
  ];
  const parameters = Object.entries(model.parameters ?? {}).map(
    ([name, parameter]) => [name, JSON.stringify(parameter).replaceAll('"', '')] as const,
  );
  return ['', facts.join(' '), ...(parameters.length > 0 ? ['', ...table('parameter', parameters)] : [])];
}

function table(head: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  return [
    `| ${head} | |`,
    '| --- | --- |',
    ...rows.map(([name, text]) => `| \`${name}\` | ${text.replaceAll('|', '\\|')} |`),
  ];
}
