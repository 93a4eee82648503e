import { dayText } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { dayAndNight, officeHours, soonAfter } from '../hours.ts';
import { cumulate } from '../random.ts';
import { UNITS } from '../units.ts';
import type { Activity, World } from '../world.ts';
import { enterDecision } from './decisions.ts';
import { REGISTRAR_INDEX } from './registrations.ts';

const TARGETS = cumulate(UNITS.map((unit) => unit.pushes));
const FAN_OUT = cumulate([20, 35, 28, 17]); // units told of one registration: 1…4
const PROMPT_DAYS = cumulate([25, 30, 20, 12, 8, 5]); // workdays from push to claim: 0…5
const OUTCOMES = ['licensed', 'not_applied', 'not_required', 'refused'] as const;
const OUTCOME_SHARES = cumulate([58, 22, 14, 6]);
const ACTIONS = ['设立', '变更', '变更', '变更', '注销'];
const KINDS = ['核准', '核准', '变更', '延续'];

/** 双告知: registrations pushed, claimed, returned, voided, fed back, followed up, and the licences that come of them. */
export function pushes(world: World): Activity {
  const random = world.random.fork('pushes');
  const { calendar, subjects } = world;
  const { platform, registry } = SOURCES;
  let number = 0;

  function push(day: number, clock: number, unit: number, subject: number): void {
    const n = ++number;
    const id = `P${n}`;
    const licensed = random.chance(0.62);
    world.emit({
      id,
      source: registry,
      type: 'registration.pushed',
      day,
      clock,
      department: UNITS[unit]!.id,
      region: subjects.region(subject),
      subject: subjects.uscc(subject),
      data: `{"push_id":"${id}","bucket":"${licensed ? 'licensed' : 'unlicensed'}","matters":["M${String(unit * 7 + random.between(1, 7)).padStart(3, '0')}"],"reg_event":"${random.pick(ACTIONS)}"}`,
    });
    if (!licensed) {
      if (random.chance(0.6)) claim(id, day, clock, unit, random.between(0, 8));
      return;
    }
    if (random.chance(0.012)) {
      const on = calendar.plainAfter(day, random.between(1, 12));
      world.tell(
        random,
        registry,
        `V${n}`,
        'push.voided',
        on,
        REGISTRAR_INDEX,
        undefined,
        `{"push_id":"${id}","reason":"登记撤回"}`,
      );
      if (random.chance(0.5)) return;
    } else if (random.chance(0.04)) {
      giveBack(id, day, unit, subject);
      return;
    }
    handle(id, day, clock, unit, subject);
  }

  function claim(id: string, day: number, clock: number, unit: number, delay: number): number {
    let on = calendar.after(unit, day, delay);
    if (delay === 0 && !calendar.isOpen(unit, day)) on = calendar.after(unit, day, 1);
    const at = on === day ? soonAfter(random, clock) : officeHours(random);
    const department = UNITS[unit]!.id;
    world.emit({
      id: `C${id}`,
      source: platform,
      type: 'push.claimed',
      day: on,
      clock: at,
      department,
      data: `{"push_id":"${id}"}`,
    });
    if (random.chance(0.3)) {
      const data = `{"push_id":"${id}"}`;
      world.emit({
        id: `A${id}`,
        source: platform,
        type: 'push.receipt_fed_back',
        day: on,
        clock: soonAfter(random, at),
        department,
        data,
      });
    }
    if (random.chance(0.002)) world.void(random, platform, `C${id}`, on, unit);
    return on;
  }

  /** 退回: confirmed by the registrar or not; a confirmed one goes to the right unit, an unconfirmed one stays due. */
  function giveBack(id: string, day: number, unit: number, subject: number): void {
    const on = calendar.after(unit, day, random.between(1, 5));
    const reason = random.pick(['不属本部门', '不属本辖区', '信息不全']);
    world.tell(
      random,
      platform,
      `R${id}`,
      'push.returned',
      on,
      unit,
      undefined,
      `{"push_id":"${id}","reason":"${reason}"}`,
    );
    if (random.chance(0.62)) {
      const confirmed = calendar.after(REGISTRAR_INDEX, on, random.between(1, 6));
      const clock = world.tell(
        random,
        registry,
        `K${id}`,
        'push.return_confirmed',
        confirmed,
        REGISTRAR_INDEX,
        undefined,
        `{"push_id":"${id}"}`,
      );
      if (random.chance(0.7)) push(confirmed, soonAfter(random, clock), random.weighted(TARGETS), subject);
    } else if (random.chance(0.5)) handle(id, on, 0, unit, subject);
  }

  function handle(id: string, day: number, clock: number, unit: number, subject: number): void {
    const form = world.formOf(unit, day);
    if (!random.chance(form.claim)) {
      if (random.chance(0.6)) {
        const reminded = calendar.plainAfter(day, 4);
        world.tell(
          random,
          registry,
          `B${id}`,
          'push.reminded',
          reminded,
          unit,
          undefined,
          `{"push_id":"${id}","level":"到期前"}`,
        );
      }
      if (random.chance(0.8)) return;
    }
    const claimed = claim(
      id,
      day,
      clock,
      unit,
      random.chance(form.prompt) ? random.weighted(PROMPT_DAYS) : random.between(6, 16),
    );
    if (random.chance(0.05)) {
      const findings = ['已开展经营', '未开展经营', '无法联系'];
      const on = calendar.after(unit, claimed, random.between(5, 30));
      const data = `{"push_id":"${id}","checked_on":"${dayText(on)}","finding":"${random.pick(findings)}"}`;
      world.tell(random, platform, `U${id}`, 'followup.checked', on, unit, subject, data);
    }
    const outcome = OUTCOMES[random.weighted(OUTCOME_SHARES)]!;
    const timely = random.chance(form.timely);
    const feedsBack = random.chance(form.feedback);
    let on: number;
    let decidedOn = '';
    if (outcome === 'licensed' || outcome === 'refused') {
      const decided = calendar.after(unit, claimed, random.between(1, 18));
      on = calendar.after(unit, decided, timely ? random.between(0, 7) : random.between(8, 18));
      if (random.chance(0.9)) decidedOn = `,"decided_on":"${dayText(Math.min(decided, on))}"`;
      if (outcome === 'licensed') {
        const named = random.chance(0.85) ? `,"push_id":"${id}"` : '';
        const more = `,"kind":"${random.pick(KINDS)}"${named}`;
        enterDecision(world, random, { unit, subject, docNo: `XK-${id}`, on: decided, type: 'licence.entered', more });
      }
    } else {
      const wait = outcome === 'not_required' ? random.between(1, 10) : random.between(12, 50);
      const due = Math.max(claimed, day + wait);
      on = calendar.after(unit, timely ? due : Math.max(due, day + 60), 1);
    }
    if (!feedsBack) return;
    world.tell(
      random,
      platform,
      `F${id}`,
      'push.outcome_fed_back',
      on,
      unit,
      undefined,
      `{"push_id":"${id}","outcome":"${outcome}"${decidedOn}}`,
    );
  }

  return (day) => {
    const workday = calendar.isWorkday(day);
    for (let n = random.poisson((workday ? 52 : 1.6) * world.volume); n > 0; n--) {
      const subject = random.chance(0.15)
        ? Math.max(0, subjects.registered - 1 - random.below(8))
        : subjects.any(random);
      const clock = workday ? officeHours(random) : dayAndNight(random);
      const notice = `{"notice_no":"G${number + 1}","matters":["M${String(random.between(1, 98)).padStart(3, '0')}"]}`;
      if (random.chance(0.4))
        world.tell(random, registry, `G${number + 1}`, 'enterprise.notified', day, REGISTRAR_INDEX, subject, notice);
      let last = -1;
      for (let fan = random.weighted(FAN_OUT); fan >= 0; fan--) {
        const unit = random.weighted(TARGETS);
        if (unit !== last) push(day, Math.min(86_399_999, clock + random.below(60_000)), unit, subject);
        last = unit;
      }
    }
  };
}
