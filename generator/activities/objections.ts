import { SOURCES } from '../cloud-event.ts';
import type { Activity, World } from '../world.ts';
import { OFFICE_INDEX } from './registrations.ts';

/** Objections against records (3 workdays to forward, 15 to verify) and credit repairs. */
export function objections(world: World): Activity {
  const random = world.random.fork('objections');
  const { calendar, volume } = world;
  const { platform } = SOURCES;
  let number = 0;

  function objection(day: number): void {
    const { docNo, unit } = random.pick(world.records);
    const id = `YY${++number}`;
    const tell = (key: string, type: string, on: number, by: number, more = ''): void => {
      const data = `{"objection_id":"${id}","record_id":"${docNo}"${more}}`;
      world.tell(random, platform, `${id}${key}`, type, on, by, undefined, data);
    };
    tell('', 'objection.filed', day, OFFICE_INDEX);
    const forwarded = calendar.plainAfter(day, random.chance(0.85) ? random.between(1, 3) : random.between(4, 7));
    tell('f', 'objection.forwarded', forwarded, OFFICE_INDEX);
    if (!random.chance(world.formOf(unit, day).feedback)) return;
    const verified = calendar.after(
      unit,
      forwarded,
      random.chance(0.88) ? random.between(2, 15) : random.between(16, 25),
    );
    const consistent = random.chance(0.65);
    tell('v', 'objection.verified', verified, unit, `,"consistent":${consistent}`);
    tell(
      'a',
      'objection.answered',
      calendar.after(unit, verified, random.between(1, 3)),
      unit,
      `,"consistent":${consistent}`,
    );
    if (!consistent) {
      const data = `{"record_id":"${docNo}","before":"有误","after":"已更正"}`;
      world.tell(
        random,
        platform,
        `${id}c`,
        'record.corrected',
        calendar.after(unit, verified, 2),
        unit,
        undefined,
        data,
      );
    }
  }

  function repair(day: number): void {
    const { docNo, unit, subject } = random.pick(world.records);
    const id = `XF${++number}`;
    const data = `{"record_id":"${docNo}"}`;
    world.tell(random, platform, id, 'repair.applied', day, unit, subject, data);
    if (random.chance(0.8))
      world.tell(
        random,
        platform,
        `${id}a`,
        'repair.approved',
        calendar.after(unit, day, random.between(2, 10)),
        unit,
        subject,
        data,
      );
  }

  return (day) => {
    if (!calendar.isWorkday(day) || world.records.length === 0) return;
    for (let n = random.poisson(0.22 * volume); n > 0; n--) objection(day);
    for (let n = random.poisson(0.35 * volume); n > 0; n--) repair(day);
  };
}
