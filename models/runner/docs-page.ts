/** One self-contained HTML page: every model with its lineage graph. No script, no outside resource. */
import { type ModelGraph, targetsOf } from './compile-graph.ts';
import type { Model } from './model.ts';
import { testName, testsOf } from './run-tests.ts';

const COLUMN = 250;
const ROW = 34;
const BOX = { width: 200, height: 24 };

const STYLE = `
:root { color-scheme: light dark; --ink: #1a2430; --paper: #fff; --line: #9aa7b4; --box: #eef3f7; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4eaf0; --paper: #12181f; --line: #5d6b79; --box: #1e2833; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
.graph { overflow-x: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
svg rect { fill: var(--box); stroke: var(--line); } svg path { fill: none; stroke: var(--line); }
table { border-collapse: collapse; } td, th { padding: .15rem .8rem .15rem 0; text-align: left; vertical-align: top; }
code, pre { font: 13px/1.45 ui-monospace, monospace; } pre { overflow-x: auto; background: var(--box); padding: .8rem; }
section { border-top: 1px solid var(--line); margin-top: 1.5rem; }`;

export function docsPage(graph: ModelGraph): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hengjian models</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Models</h1>
<p>${graph.models.length} models; an arrow leads from what is read to what reads it. Select a name to jump to the model.</p>
<div class="graph" tabindex="0" role="region" aria-label="Lineage graph">${lineage(graph)}</div>
${graph.models.map((model) => section(model, graph)).join('\n')}
</body>
</html>
`;
}

function lineage(graph: ModelGraph): string {
  const depth = new Map<string, number>();
  const names = ['events', ...graph.models.map((model) => model.name)];
  depth.set('events', 0);
  for (const model of graph.models) {
    const below = readsOf(model, graph).map((name) => depth.get(name) ?? 0);
    depth.set(model.name, 1 + Math.max(0, ...below));
  }
  const rows = new Map<number, number>();
  const place = new Map<string, { x: number; y: number }>();
  for (const name of names) {
    const column = depth.get(name) ?? 0;
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    place.set(name, { x: 8 + column * COLUMN, y: 8 + row * ROW });
  }
  const width = 16 + (Math.max(...rows.keys()) + 1) * COLUMN;
  const height = 16 + Math.max(...rows.values()) * ROW;
  const edges = graph.models.flatMap((model) =>
    readsOf(model, graph).flatMap((name) => {
      const from = place.get(name);
      const to = place.get(model.name)!;
      if (!from) return [];
      const [x1, y1, x2, y2] = [from.x + BOX.width, from.y + BOX.height / 2, to.x, to.y + BOX.height / 2];
      return [`<path d="M${x1} ${y1} C${x1 + 30} ${y1} ${x2 - 30} ${y2} ${x2} ${y2}"/>`];
    }),
  );
  const boxes = names.map((name) => {
    const { x, y } = place.get(name)!;
    const box = `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4"/><text x="${x + 8}" y="${y + 16}">${escaped(name)}</text>`;
    return graph.byName.has(name) ? `<a href="#${name}">${box}</a>` : box;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Lineage of ${graph.models.length} models">${edges.join('')}${boxes.join('')}</svg>`;
}

function section(model: Model, graph: ModelGraph): string {
  const link = (name: string) => (graph.byName.has(name) ? `<a href="#${name}">${escaped(name)}</a>` : escaped(name));
  const reads = readsOf(model, graph);
  const readBy = graph.models.filter((other) => readsOf(other, graph).includes(model.name)).map(({ name }) => name);
  const facts = [
    ['kind', escaped(model.kind)],
    ['grain', escaped(model.grain)],
    ['owner', escaped(model.owner)],
    ['file', `<code>models/${escaped(model.file)}</code>`],
    ['reads', reads.map(link).join(', ')],
    ['read by', readBy.map(link).join(', ')],
    [
      'tests',
      testsOf(model)
        .map((test) => `<code>${escaped(testName(test))}</code>`)
        .join(', '),
    ],
  ].filter(([, value]) => value);
  const columns = Object.entries(model.columns).map(
    ([name, text]) => `<tr><td><code>${escaped(name)}</code></td><td>${escaped(text)}</td></tr>`,
  );
  return `<section id="${model.name}">
<h2>${escaped(model.name)}</h2>
<p>${escaped(model.description)}</p>
<table>${facts.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`).join('')}</table>
<h3>Columns</h3>
<table>${columns.join('')}</table>
<details><summary>SQL</summary><pre>${escaped(model.sql.trim())}</pre></details>
</section>`;
}

/** What a model reads, with the members of a family in its place. */
function readsOf(model: Model, graph: ModelGraph): string[] {
  const refs = model.refs.flatMap(({ name }) => {
    const targets = targetsOf(name, graph.byName, graph.catalogue);
    return targets.length > 0 ? targets.map((target) => target.name) : [name];
  });
  return [...new Set([...refs, ...model.sources.map(({ name }) => name)])];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
