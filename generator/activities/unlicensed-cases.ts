import { SOURCES } from '../cloud-event.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';

const KINDS = ['有照无证', '无照无证', '有证无照'];
const MEASURES = ['责令改正', '指导办照', '立案', '抄告'];

/** Cases of trading without a licence, and how they ended. */
export function unlicensedCases(world: World): Activity {
  const random = world.random.fork('unlicensed');
  let number = 0;
  return (day) => {
    if (!world.calendar.isWorkday(day)) return;
    UNITS.forEach((unit, index) => {
      if (!unit.findsUnlicensed) return;
      for (let n = random.poisson((world.formOf(index, day).unlicensed / 62) * world.volume); n > 0; n--) {
        const id = `WZ${++number}`;
        const reported = `{"case_id":"${id}","kind":"${random.pick(KINDS)}","find_way":"${random.pick(['日常', '督办', '举报', '移交'])}"}`;
        world.tell(random, SOURCES.platform, id, 'unlicensed.reported', day, index, undefined, reported);
        if (!random.chance(0.85)) continue;
        const on = world.calendar.after(index, day, random.between(1, 25));
        const handled = `{"case_id":"${id}","measure":"${random.pick(MEASURES)}"}`;
        world.tell(random, SOURCES.platform, `${id}h`, 'unlicensed.handled', on, index, undefined, handled);
      }
    });
  };
}
