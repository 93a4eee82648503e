import { dayText } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { soonAfter } from '../hours.ts';
import { firstDay, lastDay, quarterOf, quarterText } from '../quarter.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';
import { OFFICE_INDEX } from './registrations.ts';

const quoted = (units: readonly number[]): string => units.map((unit) => `"${UNITS[unit]!.id}"`).join(',');

/** What the joint-meeting office keeps: meetings, materials, marks and outages. */
export function officeDesk(world: World): Activity {
  const random = world.random.fork('office');
  const { calendar } = world;
  const { office, platform } = SOURCES;
  const everyone = UNITS.map((_, unit) => unit);

  function meeting(day: number, id: string): void {
    const required = random.sample(everyone, random.between(11, 14));
    const clock = world.tell(
      random,
      office,
      id,
      'meeting.held',
      day,
      OFFICE_INDEX,
      undefined,
      `{"meeting_id":"${id}","required":[${quoted(required)}]}`,
    );
    for (const unit of required) {
      if (!random.chance(world.formOf(unit, day).attend)) continue;
      const status = random.chance(0.8) ? 'present' : random.chance(0.75) ? 'substitute' : 'excused';
      world.emit({
        id: `${id}-${UNITS[unit]!.id}`,
        source: office,
        type: 'meeting.attended',
        day,
        clock: soonAfter(random, clock),
        department: UNITS[unit]!.id,
        data: `{"meeting_id":"${id}","status":"${status}"}`,
      });
    }
  }

  function material(day: number, due: number, id: string): void {
    const required = random.sample(everyone, random.between(10, 14));
    const data = `{"obligation_id":"${id}","due_on":"${dayText(due)}","required":[${quoted(required)}]}`;
    world.tell(random, office, id, 'material.due', day, OFFICE_INDEX, undefined, data);
    for (const unit of required) {
      const form = world.formOf(unit, day);
      const punctual = random.chance(form.submit);
      if (!punctual && random.chance(0.35)) continue;
      let on = punctual ? due - random.between(0, 5) : due + random.between(1, 12);
      while (!calendar.isOpen(unit, on)) on += punctual ? -1 : 1;
      world.tell(
        random,
        platform,
        `${id}-${UNITS[unit]!.id}`,
        'material.submitted',
        on,
        unit,
        undefined,
        `{"obligation_id":"${id}"}`,
      );
    }
  }

  function marks(day: number): void {
    const quarter = quarterText(quarterOf(day));
    const mark = (item: string, unit: number, points: number, reason: string): void => {
      const on = calendar.plainAfter(day, random.between(1, 6));
      const data = `{"quarter":"${quarter}","item":"${item}","unit":"${UNITS[unit]!.id}","points":${points},"reason":"${reason}","approver":"联席会议办公室"}`;
      world.tell(
        random,
        office,
        `mk-${quarter}-${item}-${UNITS[unit]!.id}`,
        'mark.awarded',
        on,
        OFFICE_INDEX,
        undefined,
        data,
      );
    };
    for (const unit of random.sample(
      everyone.filter((u) => UNITS[u]!.inspects),
      2,
    ))
      mark('dr_single', unit, random.between(4, 12) / 2, '现场核查抽查台账');
    for (const unit of everyone) {
      if (UNITS[unit]!.findsUnlicensed && UNITS[unit]!.character.unlicensed < 2 && random.chance(0.4))
        mark('unlicensed', unit, random.between(2, 8) / 2, '已开展排查，辖区内未发现');
    }
  }

  return (day) => {
    const quarter = quarterOf(day);
    const name = quarterText(quarter);
    if (day === Math.max(firstDay(quarter), world.firstDay)) {
      for (let n = random.between(2, 3); n > 0; n--)
        meeting(calendar.plainAfter(day, n * 17 + random.between(0, 8)), `HY-${name}-${n}`);
      for (let n = random.between(2, 3); n > 0; n--) {
        const told = calendar.plainAfter(day, n * 12 + random.between(0, 5));
        material(told, Math.min(told + random.between(8, 18), lastDay(quarter)), `CL-${name}-${n}`);
      }
    }
    if (day === lastDay(quarter)) marks(day);
    world.outages.forEach((outage, n) => {
      if (day !== outage.from) return;
      const data = `{"from":"${dayText(outage.from)}","to":"${dayText(outage.to)}","units":[${quoted(outage.units)}],"reason":"${outage.reason}"}`;
      world.tell(random, office, `OUT-${n + 1}`, 'outage.declared', day, OFFICE_INDEX, undefined, data);
    });
  };
}
