import { may } from '@hengjian/contract/permissions.ts';
import { isDay } from '@hengjian/models/calendar/day.ts';
import { ALERT_TOPICS } from '@hengjian/models/risk/alerts/risk-alert.ts';
import {
  ALERT_STATES,
  countRiskAlerts,
  type RiskAlert,
  readRiskAlerts,
} from '@hengjian/models/risk/queries/read-risk-alerts.ts';
import { error } from '@sveltejs/kit';
import { unitName } from '#lib/entries/unit-name.ts';
import type { Problem } from '#lib/forms/form-values.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { alertRows } from '#lib/risk/alert-rows.ts';
import { areaNames } from '#lib/server/area-names.ts';
import { entryScene } from '#lib/server/entry-scene.ts';
import { newSubmission } from '#lib/server/record-events.ts';
import { failForm, problemIn, recordForm } from '#lib/server/record-form.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE_SIZE = 20;
const LONGEST_TEXT = 2000;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { parts, scope, locale } = locals;
  const scene = sceneOf(locals);
  const query = url.searchParams;
  const state = ALERT_STATES.find((known) => known === query.get('state'));
  const topic = ALERT_TOPICS.find((known) => known === query.get('topic'));
  const alert = query.get('alert') ?? undefined;
  const page = Math.max(1, Number(query.get('page')) || 1);
  const [counts, alerts] = await Promise.all([
    countRiskAlerts(parts.reader, scope),
    readRiskAlerts(parts.reader, scope, {
      ...{ state, topic, alert },
      ...{ limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE },
    }),
  ]);
  return {
    title: translate(locale, 'risk.alerts.title'),
    ...{ state: state ?? '', topic: topic ?? '', alert: alert ?? '', page },
    counts,
    more: alerts.length > PAGE_SIZE,
    alerts: alertRows(locals, scene, areaNames(locals), alerts.slice(0, PAGE_SIZE)),
    isUnit: scope.units !== 'all',
    units: scene.reach,
    today: scene.today,
    submission: newSubmission(),
  };
};

export const actions: Actions = {
  assign: async ({ locals, request }) => {
    const { data, text, alert, scene, problems } = await sent(locals, request);
    if (!scene.isOffice) error(403, translate(locals.locale, 'entries.forbidden'));
    const [unit, due] = [text('unit'), text('due_on')];
    if (!scene.reach.some(({ id }) => id === unit)) problems.push(problemIn(locals, 'unit', 'risk.alerts.wrong.unit'));
    if (!isDay(due) || due < scene.today) problems.push(problemIn(locals, 'due_on', 'risk.alerts.wrong.due'));
    if (text('text').length > LONGEST_TEXT) problems.push(problemIn(locals, 'text', 'risk.alerts.wrong.text'));
    if (problems.length > 0 || !alert) return failForm('assign', data, problems);
    const draft = {
      type: 'risk.alert_assigned',
      department: scene.officeUnit,
      ...about(alert),
      data: { alert_id: alert.alert_id, unit, due_on: due, ...(text('text') ? { text: text('text') } : {}) },
    };
    return recordForm(locals, data, [draft], { form: 'assign', next: addressOf(alert) });
  },
  dispose: async ({ locals, request }) => {
    const { data, text, alert, scene, problems } = await sent(locals, request);
    const [row] = alert ? alertRows(locals, scene, (code) => code, [alert]) : [];
    const unit = alert?.state === 'assigned' ? alert.unit : ownerOf(alert, scene);
    if (row && !row.mayDispose)
      problems.push(problemIn(locals, '', 'risk.alerts.wrong.own', { unit: unitName(scene.names, unit) }));
    if (text('text') === '' || text('text').length > LONGEST_TEXT)
      problems.push(problemIn(locals, 'text', 'risk.alerts.wrong.text'));
    if (problems.length > 0 || !alert) return failForm('dispose', data, problems);
    const draft = {
      type: 'risk.alert_disposed',
      department: unit,
      ...about(alert),
      data: { alert_id: alert.alert_id, text: text('text') },
    };
    return recordForm(locals, data, [draft], { form: 'dispose', next: addressOf(alert) });
  },
};

/** Who disposes of what was given to nobody: who raised it, else the office. */
function ownerOf(alert: RiskAlert | undefined, { own, officeUnit, isOffice }: ReturnType<typeof sceneOf>): string {
  if (isOffice || !alert) return officeUnit;
  return own.some(({ id }) => id === alert.raised_by) ? alert.raised_by : (own[0]?.id ?? '');
}

/** Who may only look may do nothing, whatever else the account enters. */
function sceneOf(locals: App.Locals) {
  const scene = entryScene(locals, 'risk_alerts');
  const mayWrite = may(locals.scope, 'risk_alerts', 'write');
  return { ...scene, isOffice: scene.isOffice && mayWrite, own: mayWrite ? scene.own : [] };
}

async function sent(locals: App.Locals, request: Request) {
  const scene = sceneOf(locals);
  const data = await request.formData();
  const text = (name: string) => String(data.get(name) ?? '').trim();
  // Within the scope: what the account does not see it does not act on.
  const [alert] =
    text('alert') === ''
      ? []
      : await readRiskAlerts(locals.parts.reader, locals.scope, { alert: text('alert'), limit: 1 });
  const problems: Problem[] = alert ? [] : [problemIn(locals, '', 'risk.alerts.wrong.alert', { alert: text('alert') })];
  return { scene, data, text, alert, problems };
}

const about = ({ subject, area }: RiskAlert) => ({
  ...(subject ? { subject } : {}),
  ...(area ? { region: area } : {}),
});

const addressOf = ({ alert_id }: RiskAlert): string =>
  pathTo(`/risk/alerts?${new URLSearchParams({ alert: alert_id })}`);
