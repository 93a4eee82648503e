import { dayText } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { soonAfter } from '../hours.ts';
import { firstDay, lastDay, quarterOf, quarterText } from '../quarter.ts';
import type { Random } from '../random.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';
import { OFFICE_INDEX } from './registrations.ts';

const quoted = (units: readonly number[]): string => units.map((unit) => `"${UNITS[unit]!.id}"`).join(',');

const { office, platform } = SOURCES;
const everyone = UNITS.map((_, unit) => unit);

/** What the joint-meeting office keeps: meetings, materials, marks and outages. */
export function officeDesk(world: World): Activity {
  const activity = new OfficeDesk(world);
  return (day) => activity.onDay(day);
}

class OfficeDesk {
  readonly #world: World;
  readonly #random: Random;
  readonly #calendar: World['calendar'];

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork('office');
    this.#calendar = world.calendar;
  }

  #meeting(day: number, id: string): void {
    const required = this.#random.sample(everyone, this.#random.between(11, 14));
    const clock = this.#world.tell(
      this.#random,
      office,
      id,
      'meeting.held',
      day,
      OFFICE_INDEX,
      undefined,
      `{"meeting_id":"${id}","required":[${quoted(required)}]}`,
    );
    for (const unit of required) {
      if (!this.#random.chance(this.#world.formOf(unit, day).attend)) continue;
      const status = this.#random.chance(0.8) ? 'present' : this.#random.chance(0.75) ? 'substitute' : 'excused';
      this.#world.emit({
        id: `${id}-${UNITS[unit]!.id}`,
        source: office,
        type: 'meeting.attended',
        day,
        clock: soonAfter(this.#random, clock),
        department: UNITS[unit]!.id,
        data: `{"meeting_id":"${id}","status":"${status}"}`,
      });
    }
  }

  #material(day: number, due: number, id: string): void {
    const required = this.#random.sample(everyone, this.#random.between(10, 14));
    const data = `{"obligation_id":"${id}","due_on":"${dayText(due)}","required":[${quoted(required)}]}`;
    this.#world.tell(this.#random, office, id, 'material.due', day, OFFICE_INDEX, undefined, data);
    for (const unit of required) {
      const form = this.#world.formOf(unit, day);
      const punctual = this.#random.chance(form.submit);
      if (!punctual && this.#random.chance(0.35)) continue;
      let on = punctual ? due - this.#random.between(0, 5) : due + this.#random.between(1, 12);
      while (!this.#calendar.isOpen(unit, on)) on += punctual ? -1 : 1;
      this.#world.tell(
        this.#random,
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

  #marks(day: number): void {
    const quarter = quarterText(quarterOf(day));
    const mark = (item: string, unit: number, points: number, reason: string): void => {
      const on = this.#calendar.plainAfter(day, this.#random.between(1, 6));
      const data = `{"quarter":"${quarter}","item":"${item}","unit":"${UNITS[unit]!.id}","points":${points},"reason":"${reason}","approver":"联席会议办公室"}`;
      this.#world.tell(
        this.#random,
        office,
        `mk-${quarter}-${item}-${UNITS[unit]!.id}`,
        'mark.awarded',
        on,
        OFFICE_INDEX,
        undefined,
        data,
      );
    };
    for (const unit of this.#random.sample(
      everyone.filter((u) => UNITS[u]!.inspects),
      2,
    ))
      mark('dr_single', unit, this.#random.between(4, 12) / 2, '现场核查抽查台账');
    for (const unit of everyone) {
      if (UNITS[unit]!.findsUnlicensed && UNITS[unit]!.character.unlicensed < 2 && this.#random.chance(0.4))
        mark('unlicensed', unit, this.#random.between(2, 8) / 2, '已开展排查，辖区内未发现');
    }
  }

  /** Writes what happens on a day. */
  onDay(day: number): void {
    const quarter = quarterOf(day);
    const name = quarterText(quarter);
    if (day === Math.max(firstDay(quarter), this.#world.firstDay)) {
      for (let n = this.#random.between(2, 3); n > 0; n--)
        this.#meeting(this.#calendar.plainAfter(day, n * 17 + this.#random.between(0, 8)), `HY-${name}-${n}`);
      for (let n = this.#random.between(2, 3); n > 0; n--) {
        const told = this.#calendar.plainAfter(day, n * 12 + this.#random.between(0, 5));
        this.#material(told, Math.min(told + this.#random.between(8, 18), lastDay(quarter)), `CL-${name}-${n}`);
      }
    }
    if (day === lastDay(quarter)) this.#marks(day);
    this.#world.outages.forEach((outage, n) => {
      if (day !== outage.from) return;
      const data = `{"from":"${dayText(outage.from)}","to":"${dayText(outage.to)}","units":[${quoted(outage.units)}],"reason":"${outage.reason}"}`;
      this.#world.tell(this.#random, office, `OUT-${n + 1}`, 'outage.declared', day, OFFICE_INDEX, undefined, data);
    });
  }
}
