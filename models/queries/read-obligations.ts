/** Materials that the office asked for, with what each required unit handed in. */
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { byTime, readCalls, requiredOf } from './read-calls.ts';
import type { Entry } from './read-entries.ts';

export interface Obligation {
  id: string;
  title: string;
  /** YYYY-MM-DD of the latest announcement, as it is counted. */
  dueOn: string;
  asked: string;
  by: string;
  counted: boolean;
  required: string[];
  /** By unit: the first time it handed it in. */
  submitted: Map<string, Entry>;
}

/** @param since local day of the announcement; the latest due day first */
export async function readObligations(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  since: string,
): Promise<Obligation[]> {
  const [calls, answers] = await readCalls(warehouse, scope, ruleset, since, 'material');
  const obligations = [...Map.groupBy(calls, ({ data }) => String(data.obligation_id))].map(([id, asked]) => {
    const latest = asked.toSorted(byTime).at(-1)!;
    const submitted = new Map<string, Entry>();
    for (const entry of answers.filter(({ data }) => data.obligation_id === id).sort(byTime))
      if (!submitted.has(entry.department)) submitted.set(entry.department, entry);
    return {
      id,
      title: String(latest.data.title ?? ''),
      dueOn: String(latest.data.due_on),
      asked: latest.time,
      by: latest.by,
      counted: asked.every(({ counted }) => counted),
      required: requiredOf(asked, scope),
      submitted,
    } satisfies Obligation;
  });
  return obligations.filter(({ required }) => required.length > 0).sort((a, b) => (a.dueOn < b.dueOn ? 1 : -1));
}
