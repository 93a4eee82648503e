import { inRows, type ListRow, type StoredEvent, textOf, textsOf, unitsText, whenOf } from './list-writer.ts';

const STEPS = ['punishment.received', 'punishment.applied', 'punishment.fed_back'] as const;

/** A row per subject and unit that carries it out, with the steps of that unit; several versions of a step in rows of their own. */
export function punishmentRows(events: readonly StoredEvent[], nameOf: (unit: string) => string): ListRow[] {
  const began = events.find(({ type }) => type === 'punishment.initiated');
  const steps = events.filter(({ type }) => type !== 'punishment.initiated');
  const subjectOf = (step: StoredEvent) => step.subject || (textsOf(step, 'targets')[0] ?? '');
  const targets = new Set([...(began ? textsOf(began, 'targets') : []), ...steps.map(subjectOf)]);
  const named = new Set([
    ...(began ? textsOf(began, 'implementers') : []),
    ...steps.map(({ department }) => department),
  ]);
  // Without a unit that carries it out the row says it all the same.
  const units = named.size > 0 ? [...named] : [''];
  return [...targets].flatMap((subject) =>
    units.flatMap((unit) => {
      const own = steps.filter((step) => step.department === unit && subjectOf(step) === subject);
      const versions = inRows(own, STEPS);
      return (versions.length > 0 ? versions : [new Map<string, StoredEvent>()]).map((row) => {
        const [received, applied, fedback] = STEPS.map((type) => row.get(type));
        return {
          case: textOf(began ?? steps[0]!, 'case_id'),
          subject,
          initiator: began && nameOf(began.department),
          initiated: began && whenOf(began),
          measure: began && textOf(began, 'measure'),
          implementer: unit && unitsText([unit], nameOf),
          received: received && whenOf(received),
          applied: applied && whenOf(applied),
          fedback: fedback && whenOf(fedback),
          result: fedback && textOf(fedback, 'result'),
          decided: applied && textOf(applied, 'decided_on'),
        };
      });
    }),
  );
}
