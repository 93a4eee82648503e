/** The second step of writing: whether this event may come from whom it comes (contract §7, “Who does an event”). */
import type { Reason } from './reasons.ts';
import type { WriteRights } from './write-rights.ts';

/** What the check found in an event, as far as rights depend on it. */
export interface AuthorizedFields {
  source: { text: string };
  department: { text: string };
}

/** @returns undefined when it may; else why not */
export function authorize(
  { source, department }: AuthorizedFields,
  { sources, units }: WriteRights,
): { reason: Reason; detail: string } | undefined {
  if (sources !== 'all' && !sources.includes(source.text))
    return { reason: 'source_not_allowed', detail: `this key may only send events of source ${sources.join(', ')}` };
  if (units !== 'all' && !units.includes(department.text))
    return {
      reason: 'unit_not_allowed',
      detail: `this key may only send events of ${units.join(', ')}, not of ${department.text}`,
    };
  return undefined;
}
