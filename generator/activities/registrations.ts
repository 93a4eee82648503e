import { dayText } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { dayAndNight, officeHours } from '../hours.ts';
import { REGISTRAR, UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';

/** Four in five subjects are older than the platform; the others come on the workdays of the first six quarters and a half. */
const STOCK_SHARE = 0.8;
const ARRIVAL_WORKDAYS = 405;

/**
 * `entity.registered` for the stock before the first day (a growth curve over the years) and for new subjects on
 * workdays; cancellations and revocations. `history` runs on the days before the first.
 */
export function registrations(world: World, historyStart: number): { history: Activity; today: Activity } {
  const { subjects, calendar } = world;
  const random = world.random.fork('registrations');
  const stock = Math.floor(subjects.count * STOCK_SHARE);
  const span = world.firstDay - historyStart;
  const arrivals = (subjects.count - stock) / ARRIVAL_WORKDAYS;
  let worked = 0;

  const register = (index: number, day: number): void => {
    const kind = subjects.kind(index);
    const township = subjects.township(index);
    const address = random.chance(0.6) ? `,"address":"${township.name}示例路${random.between(1, 999)}号"` : '';
    world.emit({
      id: `e${index}`,
      source: SOURCES.registry,
      type: 'entity.registered',
      day,
      clock: officeHours(random),
      department: REGISTRAR,
      region: township.code,
      subject: subjects.uscc(index),
      data: `{"name":"${subjects.name(index)}","kind":"${kind}","industry":"${subjects.section(index)}","registered_on":"${dayText(day)}"${address}}`,
    });
  };

  const registerUpTo = (count: number, day: number): void => {
    while (subjects.registered < count) register(subjects.registered++, day);
  };

  return {
    history(day) {
      const elapsed = (day + 1 - historyStart) / span;
      registerUpTo(Math.round(stock * elapsed ** 1.7), day);
    },
    today(day) {
      if (!calendar.isWorkday(day)) return;
      worked++;
      registerUpTo(Math.min(subjects.count, stock + Math.floor(arrivals * worked)), day);
      for (let n = random.poisson(0.35 * world.volume); n > 0; n--) {
        const index = subjects.any(random);
        const revoked = random.chance(0.12);
        world.emit({
          id: `x${index}`,
          source: SOURCES.registry,
          type: revoked ? 'entity.revoked' : 'entity.cancelled',
          day,
          clock: dayAndNight(random),
          department: revoked ? 'scjg' : REGISTRAR,
          region: subjects.region(index),
          subject: subjects.uscc(index),
          data: `{"decided_on":"${dayText(day)}"}`,
        });
        subjects.close(index);
      }
    },
  };
}

export const REGISTRAR_INDEX = UNITS.findIndex((unit) => unit.id === REGISTRAR);
export const OFFICE_INDEX = UNITS.findIndex((unit) => unit.id === 'scjg');
