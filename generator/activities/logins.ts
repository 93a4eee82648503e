import { SOURCES } from '../cloud-event.ts';
import { officeHours } from '../hours.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';

/** `login.succeeded`: on most workdays, none in an outage, now and then on a free day (which counts nothing). */
export function logins(world: World): Activity {
  const random = world.random.fork('logins');
  let number = 0;
  return (day) => {
    const workday = world.calendar.isWorkday(day);
    UNITS.forEach((unit, index) => {
      const open = world.calendar.isOpen(index, day);
      const present = workday ? open && random.chance(world.formOf(index, day).login) : random.chance(0.08);
      if (!present) return;
      const accounts = Math.max(2, Math.round(unit.pushes / 2));
      for (let n = 1 + random.poisson((workday ? 2.2 + unit.pushes * 0.3 : 0.3) * world.volume); n > 0; n--) {
        const id = `l${++number}`;
        world.emit({
          id,
          source: SOURCES.platform,
          type: 'login.succeeded',
          day,
          clock: officeHours(random),
          department: unit.id,
          data: `{"account":"${unit.id}${random.between(1, accounts)}"}`,
        });
      }
    });
  };
}
