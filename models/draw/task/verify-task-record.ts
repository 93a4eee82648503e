import type { Warehouse } from '@hengjian/warehouse';
import { beaconProblem, plannedBeaconOf } from '../beacon/planned-beacon.ts';
import type { Check } from '../check.ts';
import { verifyRecord } from '../verify-record.ts';
import { readAdjustments } from './adjustments.ts';
import { readAttempts } from './attempts.ts';
import { storedFrameSource } from './stored-frame-source.ts';

/**
 * A record of a task against the log and the frozen frame: it must be an attempt that was committed to, with the commitment of
 * that time, and it must say whether others came before it.
 */
export async function verifyTaskRecord(warehouse: Warehouse, taskId: string, record: unknown): Promise<Check[]> {
  const attempts = await readAttempts(warehouse, taskId);
  const claimed = record as {
    commit?: unknown;
    plan?: { task?: { id?: unknown; attempt?: unknown } };
    cells?: unknown;
  };
  const number = claimed.plan?.task?.attempt;
  const attempt = attempts.find((candidate) => candidate.number === number);
  const source = attempt && claimed.cells ? storedFrameSource(warehouse, attempt.frameId) : undefined;
  const checks = await verifyRecord(record, source);
  if (checks.some(({ problem }) => problem)) return checks;
  const fail = (name: string, problem: string) => [...checks, { name, finding: '', problem }];
  if (claimed.plan?.task?.id !== taskId)
    return fail('task', `the record is of task ${String(claimed.plan?.task?.id)}, not of ${taskId}`);
  if (!attempt)
    return fail(
      'attempt',
      `the log has no attempt ${String(number)} of task ${taskId}, only ${attempts.length}: it was never committed to`,
    );
  if (attempt.commit !== claimed.commit)
    return fail(
      'commitment',
      `at ${attempt.committedAt} the commitment was ${attempt.commit}, the record has ${String(claimed.commit)}`,
    );
  const planned = plannedBeaconOf(attempt.plan);
  const beacon = planned && attempt.executed;
  const wrong = beacon && beaconProblem(planned, attempt.executed!.evidence, attempt.executed!.beacon);
  if (wrong) return fail('beacon', wrong);
  const others = attempts
    .filter((other) => other !== attempt)
    .map((other) => `${other.number} (${other.executed ? 'drawn' : 'not drawn'})`);
  const notes = await readAdjustments(warehouse, taskId, attempt.number);
  return [
    ...checks,
    ...(beacon ? [{ name: 'beacon', finding: `is the one announced with the commitment, of ${planned.at}` }] : []),
    {
      name: 'attempt',
      finding: `is attempt ${attempt.number}, committed to at ${attempt.committedAt}; ${others.length > 0 ? `other attempts: ${others.join(', ')}` : 'there is no other'}`,
    },
    ...(notes.length === 0
      ? []
      : [
          {
            name: 'adjustments',
            finding: notes
              .map(
                ({ subject, from, to, reason, approver, at }) =>
                  `${subject ? `${subject}: ` : ''}${from} → ${to} at ${at} (${reason}; ${approver})`,
              )
              .join(', '),
          },
        ]),
  ];
}
