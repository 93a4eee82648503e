/** What differs between two rule sets, one line each: `path: before → after`. Lists of things with ids are compared by id. */
import type { RuleSet } from './rule-set.ts';

/** @param days parameters that change on a day with all their values; else as they are in force in each */
export function diffRuleSets(a: RuleSet, b: RuleSet, { days = false } = {}): string[] {
  const parametersOf = (one: RuleSet) => ({ ...one.parameters, ...(days ? datedParameters(one) : {}) });
  const before = flatten({ ...a.data, parameters: parametersOf(a) });
  const after = flatten({ ...b.data, parameters: parametersOf(b) });
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    return was === is ? [] : [`${path}: ${was ?? '(absent)'} → ${is ?? '(absent)'}`];
  });
}

/** `5, from 2025-07-01 3` */
function datedParameters({ data }: RuleSet): Record<string, string> {
  const texts = Object.entries(data.parameters).flatMap(([name, standing]): [string, string][] => {
    if (!Array.isArray(standing) || !standing.some((one) => typeof one === 'object')) return [];
    const values = standing as readonly { value: unknown; from?: string | null }[];
    const text = values.map(({ value, from }) => `${from ? `from ${from} ` : ''}${JSON.stringify(value)}`);
    return [[name, text.join(', ')]];
  });
  return Object.fromEntries(texts);
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
