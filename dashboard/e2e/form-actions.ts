import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROUTES = join(import.meta.dirname, '../src/routes');

/**
 * Every form that a page takes, read from the sources: `route` or `route?/action`, and routes that take a POST themselves.
 * @throws where `actions` is no list of names, so that none can be overlooked
 */
export function formActions(): string[] {
  const pages = globSync('**/+page.server.ts', { cwd: ROUTES }).flatMap((file) =>
    actionsIn(file).map((name) => routeOf(file) + (name === 'default' ? '' : `?/${name}`)),
  );
  const endpoints = globSync('**/+server.ts', { cwd: ROUTES })
    .filter((file) => /export (const|async function|function) (POST|PUT|PATCH|DELETE|fallback)\b/.test(read(file)))
    .map(routeOf);
  return [...pages, ...endpoints].sort();
}

const read = (file: string) => readFileSync(join(ROUTES, file), 'utf8');
const routeOf = (file: string) => `/${file.replaceAll('\\', '/').replace(/\/?\+(page\.)?server\.ts$/, '')}`;

function actionsIn(file: string): string[] {
  const text = read(file);
  if (!/\bexport\b[^;{]*\bactions\b|export\s*\{[^}]*\bactions\b/.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const declared = statement.declarationList.declarations.find((one) => one.name.getText() === 'actions');
    if (!declared?.initializer) continue;
    let value: ts.Expression = declared.initializer;
    while (ts.isSatisfiesExpression(value) || ts.isAsExpression(value)) value = value.expression;
    if (!ts.isObjectLiteralExpression(value)) break;
    return value.properties.map(({ name }) => {
      if (!name || !(ts.isIdentifier(name) || ts.isStringLiteral(name)))
        throw new Error(`${file}: an action without a name`);
      return name.text;
    });
  }
  throw new Error(`${file}: actions are not a list of names`);
}
