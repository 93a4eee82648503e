import { beaconBytes, plannedBeaconOf } from '@hengjian/models/draw/beacon/planned-beacon.ts';
import { parseBeacon, parseSecret } from '@hengjian/models/draw/hex.ts';
import { readAttempts } from '@hengjian/models/draw/task/attempts.ts';
import { runTaskDraw } from '@hengjian/models/draw/task/run-task-draw.ts';
import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { takeStep, writeForAccount } from '../draw-step.ts';
import { fetchDrandRound } from '../fetch-drand-round.ts';
import { holdMay } from '../hold-may.ts';
import { taskOf } from './task-of.ts';

type TaskEvent = RequestEvent<{ task: string }>;

/** Draws by the committed plan with the announced beacon. */
export async function run({ locals, params, request }: TaskEvent) {
  holdMay(locals, 'draws', 'write');
  const { task } = await taskOf(locals, params.task);
  const form = await request.formData();
  const value = String(form.get('value') ?? '');
  const secret = String(form.get('secret') ?? '').trim();
  const { app } = locals.parts;
  const stepped = await takeStep(locals, async () => {
    const planned = plannedBeaconOf((await readAttempts(app, task)).at(-1)?.plan ?? {});
    const { beacon, evidence } = planned
      ? beaconBytes(planned, value)
      : { beacon: parseBeacon(value.trim()), evidence: undefined };
    return runTaskDraw(app, writeForAccount(locals), task, parseSecret(secret), beacon, evidence);
  });
  if (!stepped.ok) return fail(400, { step: 'run' as const, problem: stepped.problem, value });
  redirect(303, pathTo(`/draws/${encodeURIComponent(task)}`));
}

/** Asks a public server for the announced round, so that nobody need copy it. */
export async function drandRound({ locals, params }: TaskEvent) {
  holdMay(locals, 'draws', 'write');
  const { task } = await taskOf(locals, params.task);
  const planned = plannedBeaconOf((await readAttempts(locals.parts.reader, task)).at(-1)?.plan ?? {});
  const signature = planned?.kind === 'drand' ? await fetchDrandRound(planned.round) : undefined;
  if (!signature)
    return fail(400, { step: 'run' as const, problem: translate(locals.locale, 'draws.problem.no_drand'), value: '' });
  return { step: 'run' as const, value: signature };
}
