import { SOURCES } from '../cloud-event.ts';
import { type ListKind, listRow } from '../ledger.ts';
import { lastDay, quarterOf, quarterText } from '../quarter.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';

/**
 * `quarter_list.submitted` for licences and dishonest subjects: at the end of the quarter, some days into the next one,
 * after the cut-off, never; zero reports; second submissions that add what the first one lacked.
 */
export function quarterLists(world: World): Activity {
  const random = world.random.fork('quarter-lists');
  const { calendar } = world;
  return (day) => {
    const quarter = quarterOf(day);
    if (day !== lastDay(quarter)) return;
    UNITS.forEach((unit, index) => {
      const form = world.formOf(index, day);
      for (const kind of ['licence', 'dishonest'] as const satisfies readonly ListKind[]) {
        const decisions = world.ledger.take(index, kind, quarter);
        if (random.chance((1 - form.submit) * 0.4)) continue;
        const own = decisions.filter(() => random.chance(form.honest));
        const submit = (on: number, suffix: string, rows: typeof own): void => {
          const data = `{"quarter":"${quarterText(quarter)}","kind":"${kind}","rows":[${rows.map(listRow).join(',')}]}`;
          const id = `q-${unit.id}-${kind}-${quarterText(quarter)}${suffix}`;
          world.tell(random, SOURCES.platform, id, 'quarter_list.submitted', on, index, undefined, data);
        };
        const on = calendar.after(
          index,
          day,
          random.chance(form.submit) ? random.between(1, 5) : random.between(6, 12),
        );
        const hasty = own.length > 4 && random.chance(0.15);
        submit(on, '', hasty ? own.slice(0, -3) : own);
        if (hasty) submit(calendar.after(index, on, 1), '-2', own);
      }
    });
  };
}
