import { dayText } from '../calendar.ts';
import { SOURCES } from '../cloud-event.ts';
import { dayAndNight, officeHours, soonAfter } from '../hours.ts';
import { cumulate, type Random } from '../random.ts';
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

const { platform, registry } = SOURCES;

/** 双告知: registrations pushed, claimed, returned, voided, fed back, followed up, and the licences that come of them. */
export function pushes(world: World): Activity {
  const activity = new Pushes(world);
  return (day) => activity.onDay(day);
}

class Pushes {
  readonly #world: World;
  readonly #random: Random;
  readonly #calendar: World['calendar'];
  readonly #subjects: World['subjects'];
  #number = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork('pushes');
    this.#calendar = world.calendar;
    this.#subjects = world.subjects;
  }

  #push(day: number, clock: number, unit: number, subject: number): void {
    const n = ++this.#number;
    const id = `P${n}`;
    const licensed = this.#random.chance(0.62);
    this.#world.emit({
      id,
      source: registry,
      type: 'registration.pushed',
      day,
      clock,
      department: UNITS[unit]!.id,
      region: this.#subjects.region(subject),
      subject: this.#subjects.uscc(subject),
      data: `{"push_id":"${id}","bucket":"${licensed ? 'licensed' : 'unlicensed'}","matters":["M${String(unit * 7 + this.#random.between(1, 7)).padStart(3, '0')}"],"reg_event":"${this.#random.pick(ACTIONS)}"}`,
    });
    if (!licensed) {
      if (this.#random.chance(0.6)) this.#claim(id, day, clock, unit, this.#random.between(0, 8));
      return;
    }
    if (this.#random.chance(0.012)) {
      const on = this.#calendar.plainAfter(day, this.#random.between(1, 12));
      this.#world.tell(
        this.#random,
        registry,
        `V${n}`,
        'push.voided',
        on,
        REGISTRAR_INDEX,
        undefined,
        `{"push_id":"${id}","reason":"登记撤回"}`,
      );
      if (this.#random.chance(0.5)) return;
    } else if (this.#random.chance(0.04)) {
      this.#giveBack(id, day, unit, subject);
      return;
    }
    this.#handle(id, day, clock, unit, subject);
  }

  #claim(id: string, day: number, clock: number, unit: number, delay: number): number {
    let on = this.#calendar.after(unit, day, delay);
    if (delay === 0 && !this.#calendar.isOpen(unit, day)) on = this.#calendar.after(unit, day, 1);
    const at = on === day ? soonAfter(this.#random, clock) : officeHours(this.#random);
    const department = UNITS[unit]!.id;
    this.#world.emit({
      id: `C${id}`,
      source: platform,
      type: 'push.claimed',
      day: on,
      clock: at,
      department,
      data: `{"push_id":"${id}"}`,
    });
    if (this.#random.chance(0.3)) {
      const data = `{"push_id":"${id}"}`;
      this.#world.emit({
        id: `A${id}`,
        source: platform,
        type: 'push.receipt_fed_back',
        day: on,
        clock: soonAfter(this.#random, at),
        department,
        data,
      });
    }
    if (this.#random.chance(0.002)) this.#world.void(this.#random, platform, `C${id}`, on, unit);
    return on;
  }

  /** 退回: confirmed by the registrar or not; a confirmed one goes to the right unit, an unconfirmed one stays due. */
  #giveBack(id: string, day: number, unit: number, subject: number): void {
    const on = this.#calendar.after(unit, day, this.#random.between(1, 5));
    const reason = this.#random.pick(['不属本部门', '不属本辖区', '信息不全']);
    this.#world.tell(
      this.#random,
      platform,
      `R${id}`,
      'push.returned',
      on,
      unit,
      undefined,
      `{"push_id":"${id}","reason":"${reason}"}`,
    );
    if (this.#random.chance(0.62)) {
      const confirmed = this.#calendar.after(REGISTRAR_INDEX, on, this.#random.between(1, 6));
      const clock = this.#world.tell(
        this.#random,
        registry,
        `K${id}`,
        'push.return_confirmed',
        confirmed,
        REGISTRAR_INDEX,
        undefined,
        `{"push_id":"${id}"}`,
      );
      if (this.#random.chance(0.7))
        this.#push(confirmed, soonAfter(this.#random, clock), this.#random.weighted(TARGETS), subject);
    } else if (this.#random.chance(0.5)) this.#handle(id, on, 0, unit, subject);
  }

  #handle(id: string, day: number, clock: number, unit: number, subject: number): void {
    const form = this.#world.formOf(unit, day);
    if (!this.#random.chance(form.claim)) {
      if (this.#random.chance(0.6)) {
        const reminded = this.#calendar.plainAfter(day, 4);
        this.#world.tell(
          this.#random,
          registry,
          `B${id}`,
          'push.reminded',
          reminded,
          unit,
          undefined,
          `{"push_id":"${id}","level":"到期前"}`,
        );
      }
      if (this.#random.chance(0.8)) return;
    }
    const claimed = this.#claim(
      id,
      day,
      clock,
      unit,
      this.#random.chance(form.prompt) ? this.#random.weighted(PROMPT_DAYS) : this.#random.between(6, 16),
    );
    if (this.#random.chance(0.05)) {
      const findings = ['已开展经营', '未开展经营', '无法联系'];
      const on = this.#calendar.after(unit, claimed, this.#random.between(5, 30));
      const data = `{"push_id":"${id}","checked_on":"${dayText(on)}","finding":"${this.#random.pick(findings)}"}`;
      this.#world.tell(this.#random, platform, `U${id}`, 'followup.checked', on, unit, subject, data);
    }
    const outcome = OUTCOMES[this.#random.weighted(OUTCOME_SHARES)]!;
    const timely = this.#random.chance(form.timely);
    const feedsBack = this.#random.chance(form.feedback);
    let on: number;
    let decidedOn = '';
    if (outcome === 'licensed' || outcome === 'refused') {
      const decided = this.#calendar.after(unit, claimed, this.#random.between(1, 18));
      on = this.#calendar.after(unit, decided, timely ? this.#random.between(0, 7) : this.#random.between(8, 18));
      if (this.#random.chance(0.9)) decidedOn = `,"decided_on":"${dayText(Math.min(decided, on))}"`;
      if (outcome === 'licensed') {
        const named = this.#random.chance(0.85) ? `,"push_id":"${id}"` : '';
        const more = `,"kind":"${this.#random.pick(KINDS)}"${named}`;
        enterDecision(this.#world, this.#random, {
          unit,
          subject,
          docNo: `XK-${id}`,
          on: decided,
          type: 'licence.entered',
          more,
        });
      }
    } else {
      const wait = outcome === 'not_required' ? this.#random.between(1, 10) : this.#random.between(12, 50);
      const due = Math.max(claimed, day + wait);
      on = this.#calendar.after(unit, timely ? due : Math.max(due, day + 60), 1);
    }
    if (!feedsBack) return;
    this.#world.tell(
      this.#random,
      platform,
      `F${id}`,
      'push.outcome_fed_back',
      on,
      unit,
      undefined,
      `{"push_id":"${id}","outcome":"${outcome}"${decidedOn}}`,
    );
  }

  /** Writes what happens on a day. */
  onDay(day: number): void {
    const workday = this.#calendar.isWorkday(day);
    for (let n = this.#random.poisson((workday ? 52 : 1.6) * this.#world.volume); n > 0; n--) {
      const subject = this.#random.chance(0.15)
        ? Math.max(0, this.#subjects.registered - 1 - this.#random.below(8))
        : this.#subjects.any(this.#random);
      const clock = workday ? officeHours(this.#random) : dayAndNight(this.#random);
      const notice = `{"notice_no":"G${this.#number + 1}","matters":["M${String(this.#random.between(1, 98)).padStart(3, '0')}"]}`;
      if (this.#random.chance(0.4))
        this.#world.tell(
          this.#random,
          registry,
          `G${this.#number + 1}`,
          'enterprise.notified',
          day,
          REGISTRAR_INDEX,
          subject,
          notice,
        );
      let last = -1;
      for (let fan = this.#random.weighted(FAN_OUT); fan >= 0; fan--) {
        const unit = this.#random.weighted(TARGETS);
        if (unit !== last) this.#push(day, Math.min(86_399_999, clock + this.#random.below(60_000)), unit, subject);
        last = unit;
      }
    }
  }
}
