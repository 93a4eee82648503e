/** What differs between two rule sets, one line each: `path: before → after`. Lists of things with ids are compared by id. */
import type { RuleSet } from './rule-set.ts';

export function diffRuleSets(a: RuleSet, b: RuleSet): string[] {
  const before = flatten({ ...a.data, parameters: a.parameters });
  const after = flatten({ ...b.data, parameters: b.parameters });
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    return was === is ? [] : [`${path}: ${was ?? '(absent)'} → ${is ?? '(absent)'}`];
  });
}

function flatten(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    for (const [i, entry] of value.entries()) {
      const id = (entry as { id?: unknown } | null)?.id;
      flatten(entry, `${path}[${typeof id === 'string' ? id : i}]`, found);
    }
  } else if (value !== null && typeof value === 'object') {
    for (const [key, entry] of Object.entries(value)) flatten(entry, path ? `${path}.${key}` : key, found);
  } else found.set(path, JSON.stringify(value) ?? 'undefined');
  return found;
}
