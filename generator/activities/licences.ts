import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';
import { enterDecision } from './decisions.ts';

const KINDS = ['核准', '变更', '延续', '注销'];

/** Licences decided without a push: renewals, changes, first licences of long-standing subjects. */
export function licences(world: World): Activity {
  const random = world.random.fork('licences');
  let number = 0;
  return (day) => {
    if (!world.calendar.isWorkday(day)) return;
    UNITS.forEach((unit, index) => {
      for (let n = random.poisson(unit.pushes * 0.11 * world.volume); n > 0; n--) {
        enterDecision(world, random, {
          unit: index,
          subject: world.subjects.any(random),
          docNo: `XY-${unit.id}-${++number}`,
          on: day,
          type: 'licence.entered',
          more: `,"kind":"${random.pick(KINDS)}"`,
        });
      }
    });
  };
}
