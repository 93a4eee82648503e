import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Functions of a file that have more lines than `most`, as `file: name, lines`; of a Svelte file those of its scripts. */
export function longFunctions(root: string, file: string, most: number): string[] {
  const text = scriptOf(file, readFileSync(`${root}/${file}`, 'utf8'));
  if (text.split('\n').length <= most) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const lines = lineOf(node.end) - lineOf(node.getStart()) + 1;
      if (lines > most) found.push(`${file}: ${nameOf(node)}, ${lines}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function scriptOf(file: string, text: string): string {
  if (!file.endsWith('.svelte')) return text;
  return [...text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, script]) => script).join('\n');
}

/** An arrow function goes by what it is given to. */
function nameOf(node: ts.SignatureDeclaration): string {
  const { parent } = node;
  const named = node.name ?? (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name : null);
  return named?.getText() ?? 'a function without a name';
}
