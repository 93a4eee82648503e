/** Text of a model file → model. The header is YAML in the first block comment. */
import { basename, dirname } from 'node:path';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { HeaderSchema, type Model, ModelError, type ModelHeader, type Reference } from './model.ts';

/** The SQL files of a kind are alike; their headers need a description only. */
const KIND_HEADER = { kind: 'ephemeral', grain: 'one row per part of this kind', owner: 'models', columns: {} };

/** @throws ModelError naming file and line. */
export function parseModel(text: string, file: string): Model {
  const match = /^\s*\/\*([\s\S]*?)\*\//.exec(text);
  if (!match)
    throw new ModelError(
      `${file}:1: the file must begin with a header in /* … */ (name, kind, grain, owner, description, columns)`,
    );
  let header: unknown;
  try {
    header = parse(match[1]!);
  } catch (error) {
    throw new ModelError(`${file}:1: the header is not YAML: ${(error as Error).message}`);
  }
  const layer = basename(dirname(file));
  const ofKind = basename(dirname(dirname(file))) === 'kinds';
  const expected = ofKind ? `${layer}_${basename(file, '.sql')}` : basename(file, '.sql');
  if (ofKind) header = { ...KIND_HEADER, name: expected, ...(header as object) };
  const wrong = [...Value.Errors(HeaderSchema, header)][0];
  if (wrong) throw new ModelError(`${file}:1: header ${wrong.instancePath || ''} ${wrong.message}`);
  const known = header as ModelHeader;
  if (expected !== known.name)
    throw new ModelError(`${file}:1: the header names ${known.name}, the file ${basename(file)}`);
  // Line numbers of the body stay those of the file.
  const sql = text.slice(0, match[0].length).replace(/[^\n]/g, '') + blankComments(text.slice(match[0].length));
  return {
    ...known,
    file,
    layer: ofKind ? 'kinds' : layer,
    sql: sql.trimEnd().replace(/;$/, ''),
    refs: calls(sql, 'ref'),
    sources: calls(sql, 'source'),
    vars: [...calls(sql, 'var'), ...calls(sql, 'var_on')],
  };
}

function blankComments(sql: string): string {
  return sql.replace(/--[^\n]*/g, '');
}

/** `ref('x')`, `source('x')`, `var('x')`, and `var_on('x', day)` with a column. */
export function callPattern(name: string): RegExp {
  const day = name === 'var_on' ? '\\s*,\\s*([\\w.]+)' : '';
  return new RegExp(`\\b${name}\\(\\s*'([^']*)'${day}\\s*\\)`, 'g');
}

function calls(sql: string, name: string): Reference[] {
  return [...sql.matchAll(callPattern(name))].map((match) => ({
    name: match[1]!,
    line: sql.slice(0, match.index).split('\n').length,
  }));
}
