import { dayText } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import type { ListKind } from '../ledger.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

export interface Decided {
  unit: number;
  subject: number;
  docNo: string;
  /** the day of the decision */
  on: number;
  type: 'licence.entered' | 'penalty.entered' | 'dishonest.entered';
  /** further members of `data`, with their leading comma */
  more: string;
}

/**
 * What follows a decision: entry on the platform (within 7 workdays, late, or never), publication within 20 workdays
 * (mostly), now and then a wrong entry that is voided and repeated, and a row for the quarterly list.
 */
export function enterDecision(world: World, random: Random, decided: Decided): void {
  const { unit, subject, docNo, on } = decided;
  const form = world.formOf(unit, on);
  const kind: ListKind = decided.type === 'licence.entered' ? 'licence' : 'dishonest';
  const entered = random.chance(form.entry);
  world.ledger.record(unit, kind, { uscc: world.subjects.uscc(subject), docNo, decided: on, entered });
  if (!entered) return;
  const delay = random.chance(form.timely) ? random.between(0, 7) : random.between(8, 20);
  let day = world.calendar.after(unit, on, delay);
  const data = `{"doc_no":"${docNo}","decided_on":"${dayText(on)}"${decided.more}}`;
  const id = `n-${docNo}`;
  world.tell(random, SOURCES.platform, id, decided.type, day, unit, subject, data);
  if (random.chance(0.006)) {
    const voided = world.void(random, SOURCES.platform, id, day, unit);
    if (random.chance(0.25)) return;
    day = voided;
    world.tell(random, SOURCES.platform, `${id}-2`, decided.type, day, unit, subject, data);
  }
  if (kind === 'dishonest') world.remember({ docNo, unit, subject });
  if (random.chance(0.93)) {
    const published = world.calendar.after(
      unit,
      day,
      random.chance(0.92) ? random.between(1, 19) : random.between(21, 35),
    );
    world.tell(
      random,
      SOURCES.platform,
      `o-${docNo}`,
      'record.published',
      published,
      unit,
      undefined,
      `{"record_id":"${docNo}"}`,
    );
  }
}
