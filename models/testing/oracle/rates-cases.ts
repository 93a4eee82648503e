/** Oracle of the measures about punishments, objections, inspections, cases, alerts and annual reports (rulesets.md §2). */
import { firstBy, type RateLog, type Row, textOf } from './rates-log.ts';

type Limit = number | undefined;
type Seen = RateLog['log'][number];

/** Units a case concerns: its implementers, or all but the sender's. */
function implementersOf(log: RateLog, initiated: Seen): string[] {
  const named: unknown = initiated.d.implementers;
  const units = log.withDuty('punish').map(({ id }) => id);
  if (Array.isArray(named) && named.length > 0 && named.every((one) => typeof one === 'string'))
    return units.filter((id) => named.includes(id));
  const sender = log.unitOf(initiated)?.id;
  return units.filter((id) => id !== sender);
}

/** First punishment.initiated of each case × its units; the first answer is the latest of the firsts of `answers`. */
function cases(log: RateLog, limit: Limit, answers: readonly string[]): Row[] {
  return [...firstBy(log.of('punishment.initiated'), ({ d }) => d.case_id).values()].flatMap((initiated) =>
    implementersOf(log, initiated).flatMap((unit) => {
      const key = initiated.d.case_id;
      const days = answers.map((type) => log.own(unit, type).find(({ d }) => d.case_id === key)?.day);
      const answer = days.some((day) => day === undefined) ? undefined : (days as string[]).sort().at(-1);
      return log.place({ unit, key, subject: initiated.subject }, initiated.day, limit, answer);
    }),
  );
}

/** Cases of a unit by its first event of one of `starts`; the answer is its own too. */
function ownCases(log: RateLog, limit: Limit, duty: string, starts: readonly string[], answerType: string): Row[] {
  return log.withDuty(duty).flatMap(({ id: unit }) =>
    [...firstBy(log.own(unit, ...starts), ({ d }) => d.case_id)].flatMap(([key, start]) => {
      const answer = log.own(unit, answerType).find(({ d }) => d.case_id === key)?.day;
      return log.place({ unit, key, subject: start.subject }, start.day, limit, answer);
    }),
  );
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value);

export const caseMeasures: Record<string, (log: RateLog, limit: Limit) => Row[]> = {
  verify_hit: (log, limit) =>
    log.withDuty('punish').flatMap(({ id: unit }) => {
      const hits = log
        .own(unit, 'verify.queried')
        .filter(({ d, day, subject }) => d.hit === true && log.belongs(unit, day, limit) && subject !== '');
      return [...firstBy(hits, ({ subject }) => subject).values()].flatMap(({ subject, day, at }) => {
        const applied = log
          .own(unit, 'punishment.applied')
          .find(
            (one) => one.at >= at && (one.d.targets ?? []).some((target: string) => target.toUpperCase() === subject),
          );
        return log.place({ unit, key: subject, subject }, day, limit, applied?.day);
      });
    }),

  punish_receive: (log, limit) => cases(log, limit, ['punishment.received']),
  punish_loop: (log, limit) => cases(log, limit, ['punishment.applied', 'punishment.fed_back']),
  punish_apply: (log, limit) => ownCases(log, limit, 'punish', ['punishment.received'], 'punishment.applied'),
  punish_feedback: (log, limit) => ownCases(log, limit, 'punish', ['punishment.applied'], 'punishment.fed_back'),

  unlicensed: (log, limit) =>
    log.withDuty('unlicensed').flatMap(({ id: unit }) => {
      const from = log.district.unlicensedFrom ?? '';
      const first = firstBy(log.own(unit, 'unlicensed.reported', 'unlicensed.handled'), ({ d }) => d.case_id);
      return [...first].flatMap(([key, { day, subject }]) => {
        if (day < from) return [];
        const handled = log.own(unit, 'unlicensed.handled').find(({ d }) => d.case_id === key);
        return log.place({ unit, key, subject }, day, limit, handled?.day);
      });
    }),

  objection: (log, limit) => {
    const ids = new Set(log.of('objection.filed', 'objection.forwarded').map(({ d }) => String(d.objection_id)));
    return [...ids].flatMap((key) => {
      const of = (type: string) => log.of(type).filter(({ d }) => d.objection_id === key);
      const forwarded = of('objection.forwarded').find(({ d }) => textOf(d.to_unit) !== undefined);
      const start = forwarded ?? of('objection.filed')[0];
      if (!start) return [];
      const unit = forwarded ? String(forwarded.d.to_unit) : log.unitOf(start)?.id;
      if (!log.hasDuty(unit, 'entry')) return [];
      return log.place(
        { unit: unit!, key, subject: start.subject },
        start.day,
        limit,
        of('objection.answered')[0]?.day,
      );
    });
  },

  risk_dispose: (log, limit) =>
    [...firstBy(log.of('risk.alert_raised'), ({ d }) => textOf(d.alert_id))].flatMap(([key, raised]) => {
      const unit = log.unitOf(raised)?.id;
      if (!log.hasDuty(unit, 'risk')) return [];
      const answer = log.of('risk.disposed', 'risk.alert_disposed').find(({ d }) => textOf(d.alert_id) === key);
      return log.place({ unit: unit!, key, subject: raised.subject }, raised.day, limit, answer?.day);
    }),

  libraries: (log) =>
    log.withDuty('double_random').flatMap(({ id: unit, librariesDue }) =>
      log.district.libraries.map((key) => {
        const { done, first } = key === 'plan' ? planned(log, unit) : library(log, unit, key);
        const onTime = done && (librariesDue === undefined || (first !== undefined && first <= librariesDue));
        return { unit, key, subject: '', due: librariesDue ?? null, done, onTime };
      }),
    ),

  dr_inspect: (log, limit) =>
    log.withDuty('double_random').flatMap(({ id: unit }) => {
      const drawn = log
        .own(unit, 'draw.executed')
        .filter(({ day }) => log.belongs(unit, day, limit))
        .flatMap(({ d, day }) =>
          (d.objects as string[]).map((one) => ({ task: String(d.task_id), subject: one.toUpperCase(), day })),
        );
      const first = firstBy(drawn, ({ task, subject }) => JSON.stringify([task, subject]));
      return [...first.values()].flatMap(({ task, subject, day }) => {
        const done = log.of('inspection.done').find((one) => one.d.task_id === task && one.subject === subject);
        return log.place({ unit, key: task, subject }, day, limit, done?.day);
      });
    }),

  dr_publish: (log, limit) =>
    log.withDuty('double_random').flatMap(({ id: unit }) => {
      const rows = log.own(unit, 'inspection.done').flatMap(({ d, subject, day }) => {
        const published = log
          .of('result.published')
          .find((one) => one.d.task_id === d.task_id && one.subject === subject);
        return log.place({ unit, key: d.task_id, subject }, day, limit, published?.day);
      });
      return [...firstBy(rows, ({ key, subject }) => JSON.stringify([key, subject])).values()];
    }),

  material: (log) =>
    log.district.units.flatMap(({ id: unit }) => {
      const due = new Map<string, string>();
      for (const { d } of log.of('material.due'))
        if (log.inQuarter(d.due_on) && d.required.includes(unit)) due.set(d.obligation_id, d.due_on);
      return [...due].map(([key, day]) => {
        const submitted = log.own(unit, 'material.submitted').find(({ d }) => d.obligation_id === key);
        const onTime = submitted !== undefined && submitted.day <= day;
        return { unit, key, subject: '', due: day, done: submitted !== undefined, onTime };
      });
    }),

  quality: (log) =>
    log.withDuty('entry').flatMap(({ id: unit }) => {
      const checks = log
        .own(unit, 'quality.checked')
        .filter(
          ({ d, day }) =>
            log.inQuarter(day) &&
            textOf(d.rule_id) !== undefined &&
            isCount(d.n) &&
            isCount(d.failed) &&
            0 <= d.failed &&
            d.failed <= d.n,
        );
      return [...firstBy(checks.toReversed(), ({ d }) => d.rule_id)].map(([key, { d, subject }]) => ({
        unit,
        key,
        subject,
        due: null,
        done: d.failed === 0,
        onTime: d.failed === 0,
        amount: d.n,
        failed: d.failed,
      }));
    }),

  annual_report: (log) => {
    const { year, end } = log.quarter;
    const gone = new Set(
      log
        .of('entity.cancelled', 'entity.revoked')
        .filter(({ day }) => day <= end)
        .map(({ subject }) => subject),
    );
    return [...firstBy(log.of('entity.registered'), ({ subject }) => subject)].flatMap(([subject, registered]) => {
      const unit = log.holderOf(registered, 'register');
      if (!unit || gone.has(subject) || registered.d.registered_on >= `${year}-01-01`) return [];
      const done = log.of('annual_report.filed').some((one) => one.subject === subject && one.d.year === year - 1);
      return [{ unit, key: subject, subject, due: null, done, onTime: done }];
    });
  },
};

/** Some department's latest update by the quarter's end has entries; the first such update of any. */
function library(log: RateLog, unit: string, name: string): { done: boolean; first: string | undefined } {
  const updates = log.own(unit, 'library.updated').filter(({ d, day }) => d.library === name && day <= log.quarter.end);
  const latest = new Map(updates.map(({ department, d }) => [department, Number(d.count)]));
  return { done: [...latest.values()].some((count) => count >= 1), first: updates.find(({ d }) => d.count >= 1)?.day };
}

function planned(log: RateLog, unit: string): { done: boolean; first: string | undefined } {
  const { year, end } = log.quarter;
  const plan = log.own(unit, 'plan.filed').find(({ d, day }) => d.year === year && day <= end);
  const task = log.of('task.created').find(({ d, day }) => d.lead === unit && d.year === year && day <= end);
  return { done: plan !== undefined && task !== undefined, first: undefined };
}
