import { dayText } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { officeHours } from '../hours.ts';
import { OFFICE } from '../units.ts';
import type { Activity, World } from '../world.ts';

const TIERS = 'ABCD';
/** Share of the subjects whose tier changes in a month. */
const MONTHLY_CHANGES = 0.003;

/** The provincial classification by credit risk: every subject once, new ones and changes on the first of each month. */
export function tiers(world: World): Activity {
  const random = world.random.fork('tiers');
  const { subjects, firstDay } = world;
  let known = 0;

  function classify(index: number, tier: number, day: number, id: string, clock: number): void {
    world.emit({
      id,
      source: SOURCES.province,
      type: 'tier.changed',
      day,
      clock,
      department: OFFICE,
      region: subjects.region(index),
      subject: subjects.uscc(index),
      data: `{"model_version":"province-2","tier":"${TIERS[tier]}"}`,
    });
  }

  return (day) => {
    if (day !== firstDay && !dayText(day).endsWith('-01')) return;
    for (; known < subjects.registered; known++)
      classify(known, subjects.tier(known), day, `tier${known}`, officeHours(random));
    if (day === firstDay) return;
    // A subject and the day name the event, so of two changes on one day the first stands; of the other only the draws are
    // made, so that all that follows stays as it is.
    const changed = new Set<number>();
    for (let n = random.poisson(subjects.registered * MONTHLY_CHANGES); n > 0; n--) {
      const index = subjects.any(random);
      const tier = Math.min(3, Math.max(0, subjects.tier(index) + (random.chance(0.5) ? 1 : -1)));
      const clock = officeHours(random);
      if (!changed.has(index)) classify(index, tier, day, `tier${index}-${dayText(day)}`, clock);
      changed.add(index);
    }
  };
}
