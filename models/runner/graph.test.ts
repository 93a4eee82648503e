import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseQuarter } from '../calendar/quarter.ts';
import { BUILTIN } from '../ruleset/catalogue.ts';
import { findRuleSet } from '../ruleset/load-rule-sets.ts';
import { compileGraph, prune } from './compile-graph.ts';
import { compileSql } from './compile-sql.ts';
import { loadModels } from './load-models.ts';
import { markCutoffs } from './mark-cutoffs.ts';
import { modelsMarkdown } from './models-markdown.ts';
import { parseModel } from './parse-model.ts';
import { loadProject } from './project.ts';
import { balanceVariables } from './read-types.ts';
import { variablesOf } from './variables.ts';

const model = (name: string, sql: string, kind = 'incremental', more = '') =>
  parseModel(
    `/*\nname: ${name}\nkind: ${kind}\ngrain: a row\nowner: test\ndescription: A test.\ncolumns: {a: b}\n${more}*/\n${sql}\n`,
    `sql/${name}.sql`,
  );

describe('parseModel', () => {
  it('reads the header and finds refs with their lines', () => {
    const parsed = model('a', "SELECT *\nFROM ref('b')\n-- ref('not this')\nJOIN ref('c') USING x");
    expect(parsed.refs).toEqual([
      { name: 'b', line: 10 },
      { name: 'c', line: 12 },
    ]);
  });

  it.each([
    ['SELECT 1', /sql\/a\.sql:1: the file must begin with a header/],
    ['/*\nname: [\n*/ SELECT 1', /not YAML/],
    ['/*\nname: a\nkind: cube\n*/ SELECT 1', /sql\/a\.sql:1: header/],
    [
      '/*\nname: b\nkind: view\ngrain: x\nowner: x\ndescription: x\ncolumns: {}\n*/ SELECT 1',
      /names b, the file a\.sql/,
    ],
  ])('names file and line of a mistake', (text, message) => {
    expect(() => parseModel(text, 'sql/a.sql')).toThrow(message);
  });
});

describe('compileGraph', () => {
  it('orders models after what they read', () => {
    const graph = compileGraph(
      [model('c', "SELECT * FROM ref('b')"), model('b', "SELECT * FROM ref('a')"), model('a', 'SELECT 1 AS a')],
      'h',
      BUILTIN,
    );
    expect(graph.models.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(prune(graph, ['b']).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it.each([
    [[model('a', "SELECT * FROM ref('nothing')")], /sql\/a\.sql:9: ref\('nothing'\) names no model and no seed/],
    [[model('a', "SELECT * FROM source('secrets')")], /sql\/a\.sql:9: source\('secrets'\) is unknown/],
    [[model('a', "SELECT var('weight')")], /sql\/a\.sql:9: var\('weight'\) is unknown/],
    [
      [model('a', "SELECT * FROM ref('b')"), model('b', "SELECT\n* FROM ref('a')")],
      /sql\/b\.sql:10: ref\('a'\) closes a cycle: a → b → a/,
    ],
    [[model('a', 'SELECT 1'), model('a', 'SELECT 2')], /has the name a already/],
    [
      [model('a', "SELECT * FROM ref('b')"), model('b', 'SELECT 1', 'table')],
      /cannot read b, which is not built by quarter/,
    ],
  ])('refuses %#', (models, message) => {
    expect(() => compileGraph(models, 'h', BUILTIN)).toThrow(message);
  });
});

describe('the models of the room', () => {
  const graph = loadModels();

  it('compile for a quarter with nothing left to resolve', () => {
    const ruleSet = findRuleSet('nantong-etdz');
    const scope = { quarter: parseQuarter('2025Q2')!, cutoff: null, asOf: null };
    const variables = new Map([
      ...variablesOf(ruleSet, scope),
      ...balanceVariables(graph, ruleSet),
      ['mark_cutoffs', markCutoffs({ ruleSet, calendar: loadProject().calendar }, scope.quarter)],
    ]);
    for (const one of graph.models.filter(({ kind }) => kind === 'incremental')) {
      const sql = compileSql(one, {
        graph,
        database: 'd',
        eventDatabase: 'e',
        events: 'e.events_snapshot',
        variables,
        bindings: ruleSet.bindings.map((binding) => ({ ...binding, variables: new Map(), histories: new Map() })),
        histories: new Map(),
        slices: 1,
        seed: () => 's',
        visible: () => [{ ruleset: 'r', quarter: '2025Q2', build: 1 }],
      });
      expect(sql).not.toMatch(/\b(ref|var|var_on|source)\(/);
    }
  });

  it('take the first and the latest event by the functions that say which it is', () => {
    const spelled = /arg(Min|Max)\w*\([^;]*?\((\w+\.)?time, (\w+\.)?id\b|ORDER BY [^;\n]*\btime( DESC)?, (\w+\.)?id\b/;
    expect('SELECT argMinIf(s.x, (s.time, s.id, s.source), s.y)').toMatch(spelled);
    expect('ORDER BY time DESC, id DESC, source DESC').toMatch(spelled);
    expect(graph.models.filter(({ sql }) => spelled.test(sql)).map(({ name }) => name)).toEqual([]);
  });

  it('hold no weight, unit, deadline or threshold: those are data of the rule set', () => {
    for (const { file, sql } of graph.models.filter((one) => one.layer !== 'serving' && one.layer !== 'staging')) {
      expect([file, sql.match(/'(scjg|xzsp|zzb|shsy|czj)'/g)]).toEqual([file, null]);
      expect([file, sql.match(/\b0\.9\d?\b|\b21\.6/g)]).toEqual([file, null]);
    }
  });

  it('read facts and columns, never the bytes as they came: only the check decides what those say', () => {
    const all = [...graph.models, ...graph.catalogue.measures.values(), ...graph.catalogue.kindModels];
    for (const { name, sql } of all)
      if (name !== 'stg_events') expect([name, sql.match(/\bdata\b/g)]).toEqual([name, null]);
  });

  it('have current reference docs (`hengjian models docs --out docs/models.md`)', () => {
    const file = new URL('../../docs/models.md', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(modelsMarkdown(graph));
  });
});
