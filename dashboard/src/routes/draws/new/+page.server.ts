import { commitTaskDraw } from '@hengjian/models/draw/task/commit-task-draw.ts';
import { previewTaskDraw } from '@hengjian/models/draw/task/preview-task-draw.ts';
import { readTierSources } from '@hengjian/models/draw/task/tier-sources.ts';
import { listDrawTasks } from '@hengjian/models/queries/draws/list-draw-tasks.ts';
import { registeredPlaces } from '@hengjian/models/queries/draws/registered-places.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import { loadIndicators } from '@hengjian/models/risk/indicators/load-indicators.ts';
import { fail, redirect } from '@sveltejs/kit';
import { type DrawValues, drawValues } from '#lib/draws/draw-values.ts';
import { legalDay } from '#lib/draws/legal-day.ts';
import { matterLines, readBeacon, readRules, tiersOf } from '#lib/draws/rules-form.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { areaNames, namesOf } from '#lib/server/area-names.ts';
import { departmentNames } from '#lib/server/department-names.ts';
import { takeStep, writeForAccount } from '#lib/server/draw-step.ts';
import { namedUnits } from '#lib/server/draw-units.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { newSubmission, recordEvents } from '#lib/server/record-events.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  holdMay(locals, 'draws', 'write');
  depends('hengjian:data');
  const { parts, scope, locale } = locals;
  const values = drawValues(url.searchParams);
  const units = namedUnits(locals);
  const year = Number(legalDay().slice(0, 4));
  const open = await readRows(parts.reader, listDrawTasks(scope, { year: 0, state: 'planned', limit: 200, offset: 0 }));
  const chosen = values.task
    ? (await readRows(parts.reader, listDrawTasks(scope, { year: 0, task: values.task, limit: 1, offset: 0 })))[0]
    : undefined;
  const places = (chosen && (await readRows(parts.reader, registeredPlaces(scope)))[0]) ?? {
    areas: [],
    industries: [],
  };
  const sources = chosen ? await readTierSources(parts.reader, EVERYWHERE) : [];
  const alphabet = [...ownTiers(locals), ...sources.flatMap(({ tiers }) => tiers)];
  const base = {
    title: translate(locale, 'draws.new'),
    values,
    units,
    names: departmentNames(locals),
    year,
    tasks: open,
    chosen,
    places,
    areaNames: namesOf(places.areas, areaNames(locals)),
    submission: newSubmission(),
    sources,
    tiers: tiersOf(values, alphabet),
    wrong: {} as Record<string, string>,
    preview: undefined,
    problem: undefined as string | undefined,
  };
  if (values.task && !chosen) return { ...base, problem: translate(locale, 'draws.unknown', { task: values.task }) };
  if (!chosen || values.preview === undefined) return base;
  const { rules, problems } = readRules(values, alphabet);
  const wrong = Object.fromEntries(Object.entries(problems).map(([field, key]) => [field, translate(locale, key)]));
  if (Object.keys(wrong).length > 0) return { ...base, wrong };
  const power = units.filter((unit) => unit.power).map(({ id }) => id);
  const stepped = await takeStep(locals, () =>
    previewTaskDraw(parts.reader, chosen.task, { ...rules, lowestTier: ownTiers(locals)[0] }, power),
  );
  if (stepped.ok) return { ...base, preview: stepped.value };
  return { ...base, problem: stepped.problem };
};

export const actions: Actions = {
  /** A new task goes into the library of tasks (task.created). */
  task: async ({ locals, request }) => {
    holdMay(locals, 'draws', 'write');
    const form = await request.formData();
    const values = drawValues(form);
    const participants = form.getAll('participant').map(String);
    const id = values.new_task?.trim() ?? '';
    const { locale } = locals;
    const lead = values.lead ?? '';
    const problem = (key: Parameters<typeof translate>[1], params = {}) =>
      fail(400, { values, participants, created: translate(locale, key, params) });
    if (id === '' || id.length > 128) return problem('draws.wrong.task');
    if (!namedUnits(locals).some((unit) => unit.id === lead && unit.power)) return problem('draws.wrong.lead');
    const known = await readRows(
      locals.parts.reader,
      listDrawTasks(locals.scope, { year: 0, task: id, limit: 1, offset: 0 }),
    );
    if (known[0]) return problem('draws.wrong.known', { task: id });
    const others = participants.filter((unit) => unit !== lead);
    const draft = {
      type: 'task.created',
      department: lead,
      data: {
        task_id: id,
        ...(values.plan?.trim() ? { plan_id: values.plan.trim() } : {}),
        year: Number(values.year),
        scope: others.length > 0 ? 'joint' : 'single',
        lead,
        participants: others,
        directed: values.directed === 'yes',
        title: values.title?.trim() || id,
        matters: matterLines(values.matters ?? ''),
      },
    };
    const recorded = await recordEvents(locals, [draft], form.get('submission'));
    if (!recorded.ok) return problem('draws.problem.other', { detail: recorded.problems[0]?.detail ?? '' });
    redirect(303, pathTo(`/draws/new?task=${encodeURIComponent(id)}`));
  },

  /** Freezes frame and plan and says what must be published before the beacon comes out. */
  commit: async ({ locals, request }) => {
    holdMay(locals, 'draws', 'write');
    const values = drawValues(await request.formData());
    const power = namedUnits(locals).filter((unit) => unit.power);
    const { rules, problems } = readRules(values, ownTiers(locals));
    if (!values.task || Object.keys(problems).length > 0)
      return fail(400, { values, problem: translate(locals.locale, 'draws.new.again') });
    const stepped = await takeStep(locals, async () =>
      commitTaskDraw(
        locals.parts.app,
        writeForAccount(locals),
        values.task!,
        { ...rules, lowestTier: ownTiers(locals)[0], beacon: readBeacon(values) },
        power.map(({ id }) => id),
        { reason: textOf(values, 'reason'), approver: textOf(values, 'approver') },
      ),
    );
    if (!stepped.ok) return fail(400, { values, problem: stepped.problem });
    const { task, attempt, commit, secret, frame, plan } = stepped.value;
    return { committed: { task, attempt, commit, secret, rows: frame.rows, beacon: plan.beacon } };
  },
};

const EVERYWHERE = { as_of: '2299-01-01 00:00:00', areas: [], industries: [] };

/** The office's own alphabet, where it has one. */
const ownTiers = ({ parts }: App.Locals): string[] => loadIndicators(parts.environment.dataDir).tiers;

function textOf(values: DrawValues, name: string): string | undefined {
  return values[name]?.trim() || undefined;
}
