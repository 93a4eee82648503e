import type { Status, StatusWithoutWarehouse } from './status.ts';
import type { LogStatus } from './status-log.ts';

/** `status` for people: the sentence first, then the figures. */
export function statusLines(status: Status | StatusWithoutWarehouse): string[] {
  return [...sentence(status), ...(status.engine === null ? [] : figures(status))];
}

function sentence(status: Status | StatusWithoutWarehouse): string[] {
  const { problems } = status;
  if (problems.length > 0) {
    const causes = problems.filter(({ because }) => because === undefined);
    return [
      causes.length === 1 ? 'One thing needs attention:' : `${causes.length} things need attention:`,
      ...causes.flatMap(({ problem, text, why, todo }, index) => [
        `  ${index + 1}. ${text}`,
        ...(why ? [`     ${why}`] : []),
        `     → ${todo}`,
        ...problems.filter(({ because }) => because === problem).map((effect) => `     Therefore: ${effect.text}`),
      ]),
      '',
    ];
  }
  if (status.engine === null || status.events === 0)
    return ['All is well, but there are no events yet: hengjian import FILE, or up --demo for an example.', ''];
  const waiting = status.log?.lag ?? 0;
  const behind = status.lag - waiting;
  const scores =
    status.refreshed_at === null
      ? 'the scores are not computed yet (hengjian refresh, or the scheduler of a running up)'
      : behind === 0
        ? 'the scores show them all'
        : `${count(behind)} of them not in the scores yet`;
  const inLog = waiting > 0 ? `; ${count(waiting)} more records are on their way through the log` : '';
  return [`All is well: ${count(status.events)} events, ${scores}${inLog}.`, ''];
}

function figures(status: Status): string[] {
  const { log } = status;
  return [
    `Events      ${count(status.events)} (${count(status.duplicates)} duplicates, ${count(status.rejected)} rejected)`,
    ...(status.waiting > 0
      ? [
          `Waiting     ${count(status.waiting)} of the rejected came ahead of the push, task, objection or alert that they speak of; when it is there: hengjian rejects replay --reason not_granted`,
        ]
      : []),
    ...(log
      ? [
          `Log         ${log.topic}: ${log.lag === null ? `unknown how much waits${lastKnown(log)}` : `${count(log.lag)} records not stored yet, ${log.partitions.length} partitions`}`,
        ]
      : []),
    `Scores      ${status.refreshed_at ? `as of ${status.refreshed_at}, ${count(status.lag - (log?.last_known?.lag ?? 0))} events behind` : 'not computed yet: hengjian refresh'}`,
    `Quarters    ${status.quarters.join(', ') || 'none yet: hengjian import FILE'}`,
    `Engine      ${status.engine}`,
    ...Object.entries(status.by_type).map(([type, n]) => `  ${type.padEnd(28)} ${count(n).padStart(12)}`),
  ];
}

const lastKnown = ({ last_known }: LogStatus): string =>
  last_known?.noted_at ? ` (${count(last_known.lag)} records at ${last_known.noted_at})` : '';
const count = (n: number): string => n.toLocaleString('en');
