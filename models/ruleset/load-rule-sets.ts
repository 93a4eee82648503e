/** The rule sets at hand: those of the product, and those an office put into `<dataDir>/rulesets/` (its file wins). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { BUILTIN, type Catalogue } from './catalogue.ts';
import { parseRuleSet, type RuleSet, RuleSetError } from './rule-set.ts';

const builtin = fileURLToPath(new URL('./builtin/', import.meta.url));

/**
 * By id. @throws RuleSetError naming the file that is wrong, unless `skip` takes the error (given the id the file claims,
 * undefined where none can be read).
 */
export function loadRuleSets(
  dataDir?: string,
  skip: (error: RuleSetError, id: string | undefined) => boolean = () => false,
  catalogue: Catalogue = BUILTIN,
): Map<string, RuleSet> {
  const sets = new Map<string, RuleSet>();
  for (const directory of [builtin, ...(dataDir ? [join(dataDir, 'rulesets')] : [])]) {
    if (!existsSync(directory)) continue;
    const here = new Map<string, RuleSet[]>();
    for (const file of readdirSync(directory)
      .filter((name) => /(?<!\.examples)\.ya?ml$/.test(name))
      .sort()) {
      const path = join(directory, file);
      let ruleSet: RuleSet;
      try {
        ruleSet = readRuleSetFile(path, catalogue);
      } catch (error) {
        if (error instanceof RuleSetError && skip(error, claimedId(path))) continue;
        throw error;
      }
      here.set(ruleSet.id, [...(here.get(ruleSet.id) ?? []), ruleSet]);
    }
    for (const [id, versions] of here) sets.set(id, inSuccession(versions, directory));
  }
  return sets;
}

/** Several files of one id are versions that follow each other by `in_force`. @throws RuleSetError where two would be in force on a day */
function inSuccession(files: readonly RuleSet[], directory: string): RuleSet {
  const fromOf = ({ data }: RuleSet) => data.in_force.from ?? '';
  const versions = files.toSorted((a, b) => (fromOf(a) < fromOf(b) ? -1 : 1));
  for (const [n, next] of versions.entries()) {
    const before = versions[n - 1];
    if (!before) continue;
    const { to } = before.data.in_force;
    if (fromOf(before) === fromOf(next))
      throw new RuleSetError(next.file, [
        `another file in ${directory} has the id ${next.id} too, and is in force from the same day (${before.file}); in_force.from tells versions apart`,
      ]);
    if (to !== null && to >= fromOf(next))
      throw new RuleSetError(next.file, [
        `it is in force from ${fromOf(next)}, but ${before.file} of the same id ${next.id} is until ${to}`,
      ]);
  }
  const last = versions.at(-1)!;
  return versions.length === 1 ? last : { ...last, versions };
}

function claimedId(path: string): string | undefined {
  try {
    const { id } = parse(readFileSync(path, 'utf8')) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** @throws RuleSetError */
export function readRuleSetFile(file: string, catalogue: Catalogue = BUILTIN): RuleSet {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new RuleSetError(file, [`it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`]);
  }
  return parseRuleSet(text, file, catalogue);
}

/**
 * A broken file of another id does not stand in the way; one that claims this id, or none, does: scoring by the product's
 * rules in its place would be wrong without a word.
 * @throws RuleSetError, for an unknown id with the ids at hand
 */
export function findRuleSet(id: string, dataDir?: string, catalogue: Catalogue = BUILTIN): RuleSet {
  const sets = loadRuleSets(dataDir, (_, claimed) => claimed !== undefined && claimed !== id, catalogue);
  const found = sets.get(id);
  if (!found)
    throw new RuleSetError(`"${id}"`, [
      `no rule set has this id; at hand are ${[...sets.keys()].join(', ')}. Put a file into the rulesets directory of the data directory to add one`,
    ]);
  return found;
}
