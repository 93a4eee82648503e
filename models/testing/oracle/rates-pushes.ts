/** Oracle of the measures about registrations, pushes and what follows a cancellation (rulesets.md §2). */
import { addDays, type Day } from '../../calendar/day.ts';
import { firstBy, type RateLog, type Row, textOf } from './rates-log.ts';

type Limit = number | undefined;
const FOLLOW_UP_DAYS = 60;
const END_KINDS = ['注销', '撤销', '撤回', '吊销'];

/** P, or P′ when `by` is the department. */
function pushesBy(log: RateLog, by: (entry: RateLog['log'][number]) => string | undefined) {
  const gone = new Set(log.of('push.voided', 'push.return_confirmed').map(({ d }) => d.push_id));
  const candidates = log.of('registration.pushed').filter(({ d }) => log.district.buckets.includes(d.bucket));
  const key = (entry: RateLog['log'][number]) => {
    const group = by(entry);
    return group === undefined ? undefined : `${group}\n${entry.d.push_id}`;
  };
  return [...firstBy(candidates, key).values()].filter(({ d }) => !gone.has(d.push_id));
}
const pushesOfUnits = (log: RateLog) =>
  pushesBy(log, (entry) => {
    const unit = log.unitOf(entry)?.id;
    return log.hasDuty(unit, 'licence') ? unit : undefined;
  });
const pushesOfDepartments = (log: RateLog) => pushesBy(log, ({ department }) => department);

const about = (log: RateLog, type: string, pushId: unknown) =>
  log.of(type).filter(({ d }) => textOf(d.push_id) === pushId);

function decisionDay(log: RateLog, pushId: unknown): Day | undefined {
  const said = about(log, 'push.outcome_fed_back', pushId).find(({ d }) => d.decided_on !== undefined);
  return (said ?? about(log, 'licence.entered', pushId)[0])?.d.decided_on;
}

/** Rows of P with the start and the first answer that the measure says. */
function ofPushes(
  log: RateLog,
  limit: Limit,
  answerType: string,
  start: (push: RateLog['log'][number]) => Day | undefined = ({ day }) => day,
): Row[] {
  return pushesOfUnits(log).flatMap((push) => {
    const from = start(push);
    if (from === undefined) return [];
    const answer = about(log, answerType, push.d.push_id)[0]?.day;
    return log.place({ unit: log.unitOf(push)!.id, key: push.d.push_id, subject: push.subject }, from, limit, answer);
  });
}

export const pushMeasures: Record<string, (log: RateLog, limit: Limit) => Row[]> = {
  push: (log, limit) =>
    log.withDuty('register').flatMap(({ id: unit }) => {
      const registered = log.own(unit, 'entity.registered').filter(({ day }) => log.belongs(unit, day, limit));
      return [...firstBy(registered, ({ subject }) => subject).values()].flatMap(({ subject, day, at }) => {
        const pushed = log.of('registration.pushed').find((push) => push.subject === subject && push.at >= at);
        return log.place({ unit, key: subject, subject }, day, limit, pushed?.day);
      });
    }),

  notify: (log, limit) => {
    const holder = (push: RateLog['log'][number]) => log.holderOf(push, 'register');
    const first = firstBy(pushesOfDepartments(log), (push) => {
      const unit = holder(push);
      return unit && log.belongs(unit, push.day, limit) ? `${unit}\n${push.subject}` : undefined;
    });
    return [...first.values()].flatMap((push) => {
      const notified = log.of('enterprise.notified').find(({ subject }) => subject === push.subject);
      return log.place(
        { unit: holder(push)!, key: push.subject, subject: push.subject },
        push.day,
        limit,
        notified?.day,
      );
    });
  },

  claim: (log, limit) => ofPushes(log, limit, 'push.claimed'),
  receipt: (log, limit) => ofPushes(log, limit, 'push.receipt_fed_back'),
  dispatch: (log, limit) =>
    ofPushes(log, limit, 'push.dispatched', ({ day, d }) =>
      about(log, 'push.claimed', d.push_id).length > 0 ? day : undefined,
    ),
  feedback: (log, limit) => ofPushes(log, limit, 'push.outcome_fed_back', ({ d }) => decisionDay(log, d.push_id)),

  followup: (log) =>
    pushesOfUnits(log).flatMap((push) => {
      const due = addDays(push.day, FOLLOW_UP_DAYS);
      const decided = decisionDay(log, push.d.push_id);
      const settled = about(log, 'push.outcome_fed_back', push.d.push_id).some(
        ({ d, day }) => d.outcome !== 'not_applied' && day <= due,
      );
      if (!log.inQuarter(due) || settled || (decided !== undefined && decided <= due)) return [];
      const checks = about(log, 'followup.checked', push.d.push_id).map(({ d }) => String(d.checked_on));
      const row = { unit: log.unitOf(push)!.id, key: push.d.push_id, subject: push.subject, due };
      return [{ ...row, done: checks.length > 0, onTime: checks.some((day) => day <= due) }];
    }),

  remind: (log) =>
    pushesOfDepartments(log).flatMap((push) => {
      const unit = log.holderOf(push, 'register');
      if (!unit || !log.inQuarter(push.day) || about(log, 'push.claimed', push.d.push_id).length > 0) return [];
      const reminders = about(log, 'push.reminded', push.d.push_id);
      const onTime = reminders.some(({ d }) => d.level === 'before' || d.level === 'on');
      return [{ unit, key: push.d.push_id, subject: push.subject, due: null, done: reminders.length > 0, onTime }];
    }),

  linkage: (log, limit) => {
    const triggers = ['entity.cancelled', 'entity.revoked'].flatMap((type) => [
      ...firstBy(log.of(type), ({ subject }) => subject).values(),
    ]);
    return triggers.flatMap((trigger) =>
      log.withDuty('licence').flatMap(({ id: unit }) => {
        const licences = log.own(unit, 'licence.entered').filter(({ subject }) => subject === trigger.subject);
        const latest = licences.filter(({ at }) => at < trigger.at).at(-1);
        if (!latest || END_KINDS.includes(latest.d.kind)) return [];
        const answer = log
          .own(unit, 'linkage.action', 'licence.entered')
          .find((one) =>
            one.type === 'linkage.action'
              ? names(one, trigger)
              : one.subject === trigger.subject && one.at >= trigger.at && END_KINDS.includes(one.d.kind),
          );
        return log.place({ unit, key: trigger.id, subject: trigger.subject }, trigger.day, limit, answer?.day);
      }),
    );
  },

  unreachable: (log, limit) => {
    const holder = (one: RateLog['log'][number]) => log.holderOf(one, 'register');
    const reports = log.of('subject.unreachable').filter((one) => {
      const unit = holder(one);
      return log.unitOf(one) && one.subject !== '' && unit !== undefined && log.belongs(unit, one.day, limit);
    });
    const first = firstBy(reports, (one) => (holder(one) ? `${holder(one)}\n${one.subject}` : undefined));
    return [...first.values()].flatMap((report) => {
      const unit = holder(report)!;
      const these = reports.filter((one) => one.subject === report.subject && holder(one) === unit);
      const answer = log
        .of('abnormal.listed', 'linkage.action')
        .find((one) =>
          one.type === 'abnormal.listed'
            ? one.subject === report.subject && one.at >= report.at
            : log.unitOf(one)?.id === unit && these.some((named) => names(one, named)),
        );
      return log.place({ unit, key: report.subject, subject: report.subject }, report.day, limit, answer?.day);
    });
  },
};

function names(action: RateLog['log'][number], event: { id: string; subject: string }): boolean {
  return textOf(action.d.trigger_event_id) === event.id && action.subject === event.subject;
}
