/** Events are read in one place: no other source asks the engine for members of `data`, or reads columns that old events lack. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const ROOMS =
  'contract warehouse ingest models observe documents generator dashboard operations benchmarks setup hengjian.ts'.split(
    ' ',
  );

/** Statements that take the bytes, or a name that is only spelt like a column: where, and why. */
const REASONS: Readonly<Record<string, string>> = {
  'warehouse/readable-events.ts': 'the one place',
  'ingest/tables/lists/stored-list.ts':
    'a list is written from the events as they came; which belong together, readable events say',
  'ingest/store/stored-events.ts': 'export and replay: the events as they came',
  'models/draw/task/step-documents.ts': 'a draw is repeated from its plan, lists and evidence, byte for byte',
  'models/risk/maps/read-drawn-findings.ts': 'the plan as it was committed to',
  'models/risk/queries/read-risk-alerts.ts': 'the series of an alert as the product raised it, parsed here',
  'models/publication/read-evidence.ts':
    'an evidence pack holds the events as they came; which ones, readable events say',
  'models/publication/read-chain.ts': 'publications are verified byte for byte',
  'models/publication/late-events.ts': 'every text in an event, declared or not, parsed here',
  'models/publication/event-digest.ts': '`bucket` is one of the digest',
  'models/queries/read-reminders.ts':
    'a desk is shown the words of the sender, also for a stage that no schema knows, parsed here',
  'models/queries/read-entries.ts':
    'a person is shown what a person wrote, parsed here; which entries, readable events say',
};

const ON_BYTES = /\b(JSON\w+|simpleJSON\w+|visitParam\w+|isValidJSON)\(\s*(\w+\.)?data\b/;
const FROM_EVENTS = /\b(FROM|JOIN)\s+(\$\{[^}]+\}\.)?events\b/;
const MEMBERS = /\b(data|facts|facts_mark|push_id|bucket|doc_no|decided_on|STORED_EVENT_COLUMNS)\b|SELECT \*/;

/** The outermost texts of a source, each with the constants of the same file that it names. */
function statementsOf(path: string, text: string): string[] {
  if (path.endsWith('.sql')) return [text];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const constants = new Map<string, string>();
  const found: string[] = [];
  const isText = (node: ts.Node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer && !ts.isObjectLiteralExpression(node.initializer))
      constants.set(node.name.getText(), node.initializer.getText());
    if (isText(node)) found.push(node.getText());
    else ts.forEachChild(node, visit);
  };
  visit(source);
  const spelt = (one: string, depth = 0): string =>
    depth > 3 ? one : one.replace(/\$\{(\w+)\}/g, (whole, name) => whole + spelt(constants.get(name) ?? '', depth + 1));
  return found.map((one) => spelt(one));
}

/** What a source reads of events without the one place. */
function strayReads(path: string, text: string): string[] {
  if (!FROM_EVENTS.test(text) && !ON_BYTES.test(text)) return [];
  const statements = statementsOf(path, text);
  return [
    ...statements.filter((one) => ON_BYTES.test(one)).map(() => 'asks the engine for members of data'),
    ...statements
      .filter((one) => FROM_EVENTS.test(one) && MEMBERS.test(one))
      .map((one) => `reads ${MEMBERS.exec(one)![0]} FROM events`),
  ];
}

function sources(path: string): string[] {
  if (/(^|\/)(node_modules|build|\.svelte-kit|testing|e2e|chaos|migrations)$/.test(path)) return [];
  if (/\.(ts|sql|svelte)$/.test(path)) return /\.test\.ts$/.test(path) ? [] : [path];
  if (/\.\w+$/.test(path)) return [];
  try {
    return readdirSync(join(root, path)).flatMap((name) => sources(`${path}/${name}`));
  } catch {
    return [];
  }
}

test('events are read as the check saw them, in one place', () => {
  const files = ROOMS.flatMap(sources);
  expect(files.length).toBeGreaterThan(700);
  const strays = new Map(
    files.flatMap((path) => {
      const found = strayReads(path, readFileSync(join(root, path), 'utf8'));
      return found.length > 0 ? [[path, found] as const] : [];
    }),
  );
  expect([...strays].filter(([path]) => !(path in REASONS))).toEqual([]);
  // A reason that nothing needs any more goes.
  expect(Object.keys(REASONS).filter((path) => !strays.has(path))).toEqual([]);
  const onBytes = [...strays].filter(([, found]) => found.some((one) => one.startsWith('asks')));
  expect(onBytes.map(([path]) => path)).toEqual(['warehouse/readable-events.ts']);
});

test.each([
  [
    `const q = \`SELECT JSONExtractString(e.data, 'unit') FROM \${EVENTS} AS e\`;`,
    ['asks the engine for members of data'],
  ],
  [`const q = \`SELECT push_id FROM events\`;`, ['reads push_id FROM events']],
  [
    `const C = \`e.id, e.data\`;\nconst q = \`SELECT \${C} FROM \${database}.events AS e\`;`,
    ['reads data FROM events'],
  ],
  [`const q = 'SELECT * FROM events';`, ['reads SELECT * FROM events']],
  [`const q = \`SELECT id FROM events WHERE type = 1\`; const data = \`data\`;`, []],
  [`const q = \`SELECT JSONExtractString(facts, 'unit') FROM \${READABLE_EVENTS} AS e\`;`, []],
])('%s', (text, found) => {
  expect(strayReads('x.ts', text)).toEqual(found);
});
