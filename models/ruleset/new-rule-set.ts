/** A rule set of an office's own, begun as a copy of another: the file and, where there are any, its worked examples. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRuleSet, type RuleSet, RuleSetError } from './rule-set.ts';

/**
 * @returns the files that were written, the rule set first
 * @throws RuleSetError if the id is no id, or a rule set of this id is there already
 */
export function newRuleSet(id: string, from: RuleSet, dataDir: string): string[] {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id))
    throw new RuleSetError(`"${id}"`, ['an id has 1 to 64 letters a–z, digits and hyphens and begins with no hyphen']);
  const directory = join(dataDir, 'rulesets');
  const file = join(directory, `${id}.yaml`);
  if (existsSync(file)) throw new RuleSetError(file, ['it is there already; change it, or take another id']);
  const text = from.text
    .replace(/^id:.*$/m, `id: ${id}`)
    .replace(/^version:.*$/m, 'version: "0.1.0"')
    .replace(/^/, `# Begun as a copy of ${from.id} ${from.version}.\n`);
  parseRuleSet(text, file, from.catalogue);
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, text);
  const examples = examplesFileOf(from.file);
  if (!existsSync(examples)) return [file];
  writeFileSync(examplesFileOf(file), readFileSync(examples));
  return [file, examplesFileOf(file)];
}

/** Where the worked examples of a rule set file stand. */
export function examplesFileOf(file: string): string {
  return file.replace(/\.ya?ml$/, '.examples.yaml');
}
