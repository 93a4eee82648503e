/** What a key can be: a name, and sources, units and acts that there can be. */
import { KEY_GRANTS, type KeyProblem, type NewIngestKey } from '@hengjian/contract/ingest-keys.ts';
import { isUnitId } from '@hengjian/contract/schema/formats.ts';
import { isSourceUri } from '../../check/source-uri.ts';

/** The first thing that cannot be; whether the name is taken only the warehouse knows. */
export function checkKey({ name, sources, units, may }: NewIngestKey): KeyProblem | undefined {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,63}$/u.test(name)) return { field: 'name', reason: 'name_form', value: name };
  const noSource = sources.find((source) => !isSourceUri(source));
  if (noSource !== undefined)
    return { field: 'sources', reason: noSource === '' ? 'source_empty' : 'source_form', value: noSource };
  const noUnit = units.find((unit) => !isUnitId(unit));
  if (noUnit !== undefined) return { field: 'units', reason: 'unit_form', value: noUnit };
  const noGrant = may.find((grant) => !(KEY_GRANTS as readonly string[]).includes(grant));
  if (noGrant !== undefined) return { field: 'may', reason: 'grant_unknown', value: noGrant };
  return undefined;
}

/** As the command line says it. */
export function keyProblemText({ reason, value }: KeyProblem): string {
  const shown = JSON.stringify(value);
  switch (reason) {
    case 'name_form':
      return `A key's name has 1–64 letters, digits, spaces and . _ -; ${shown} does not fit.`;
    case 'source_empty':
      return '--source is empty. Leave it out for a key that may send events of every source.';
    case 'source_form':
      return `${shown} is not a URI reference, so no event can have it as its source.`;
    case 'unit_form':
      return `${shown} is not a unit id.`;
    case 'grant_unknown':
      return `--may takes ${KEY_GRANTS.join(' and ')}, not ${shown}.`;
    case 'name_taken':
      return `There is a key named ${value} already. Revoke it first (key revoke ${value}) or choose another name.`;
  }
}
