import { TASK_STATES } from '@hengjian/models/queries/draws/list-draw-tasks.ts';
import { areaMeasures } from '@hengjian/models/queries/heat-area-industry.ts';
import { HEAT_SCALES } from '@hengjian/models/queries/heat-scale.ts';
import { ROW_STATES } from '@hengjian/models/queries/reconciliation/row-states.ts';
import { ALERT_TOPICS } from '@hengjian/models/risk/alerts/risk-alert.ts';
import { ALERT_STATES } from '@hengjian/models/risk/queries/read-risk-alerts.ts';
import { accessOutcomes } from '#accounts/access-log-rows.ts';
import { streamRanges } from '#lib/stream/stream-range.ts';
import { EVENT_GROUPS } from '#lib/subjects/event-group.ts';
import type { RouteId } from '$app/types';
import * as form from './query-forms.ts';

type RouteQuery = Readonly<Record<string, form.QueryForm>>;

type Some = readonly [string, ...string[]];

const none: RouteQuery = {};
const { name, period, quarter, text, unit } = form;
/** Which there are depends on the rule set. */
const indicator = name;
const measure = form.oneOf(areaMeasures);
const range = form.oneOf(Object.keys(streamRanges) as unknown as Some);
/** Which form was recorded, for the sentence that says so. */
const recorded = name;
/** As long as ids of events, pushes and tasks may be. */
const id = text(128);
const sorting = { sort: name, dir: form.oneOf(['ascending', 'descending']) };
const reconciliation = {
  quarter,
  unit,
  list: name,
  state: form.oneOf(ROW_STATES),
  page: form.page,
  seed: text(64),
  size: form.page,
};
const ofPublication = { number: form.publicationNumber };
const accessLog: RouteQuery = {
  account: form.account,
  route: form.route,
  day: form.day,
  outcome: form.oneOf(accessOutcomes as unknown as Some),
  exports: form.flag,
  before: form.logCursor,
};
/** The first three stages of a draw, as typed: that page says beside the field what is wrong. */
const draw: RouteQuery = {
  task: id,
  ...Object.fromEntries(['department', 'check', 'exempt', 'tier_source', 'beacon', 'preview'].map((one) => [one, id])),
  ...Object.fromEntries(['n', 'cap', 'cooling', 'untiered', 'matters'].map((one) => [one, form.typed])),
  ...Object.fromEntries(Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (tier) => [`ratio_${tier}`, form.typed])),
  ...Object.fromEntries(['area', 'industry', 'stratum'].map((one) => [one, form.severalOf(id)])),
};

/**
 * What may stand in the query of each route, and in which form. A route without a line is named by TypeScript. What a line
 * does not name is no business of the route: mail programs and office systems add parameters of their own to links
 * (`from=wechat`), and a link must open all the same. `ruleset` may stand everywhere (wrong-query.ts).
 */
export const routeQueries: Record<RouteId, RouteQuery> = {
  '/': { quarter: period, show: form.oneOf(['intervals']), ...sorting },
  // `back` that leads elsewhere means nothing, in whatever form it comes (safe-back.ts): the link signs in all the same.
  '/sign-in': none,
  '/sign-in/[token]': none,
  // What the provider adds is for its own protocol to judge (oidc-sign-in.ts).
  '/sign-in/oidc': none,
  '/sign-in/oidc/callback': none,
  '/sign-out': none,
  '/account': none,
  '/preferences': none,
  '/forbidden': { from: text(1024) },
  '/units/[unit]': { quarter: period },
  '/units/[unit]/[item]': { quarter: period, kind: name, page: form.page, q: text(64), row: form.page },
  '/units/[unit]/waiting.json': none,
  '/units/[unit]/[item]/objection': { quarter: period, row: form.severalOf(text(600)) },
  '/api/v1/quarters/[quarter]/scores': none,
  '/api/v1/quarters/[quarter]/scores.csv': none,
  '/api/v1/quarters/[quarter]/scores.xlsx': none,
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]': none,
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]/lost.csv': none,
  '/api/v1/quarters/[quarter]/units/[unit]/items/[item]/lost.xlsx': none,
  '/desk': { unit },
  '/entries': none,
  '/entries/marks': { recorded },
  '/entries/meetings': { recorded, meeting: id },
  '/entries/outages': { recorded },
  '/entries/voids': { recorded, event: text(256), source: text(1024) },
  '/entries/materials': { recorded },
  '/entries/lists': { recorded, quarter, unit, kind: name },
  '/entries/lists/template': { quarter, unit, kind: name },
  '/entries/pushes': { recorded, push: id },
  '/import': none,
  '/import/[id]': none,
  '/import/[id]/[file]': none,
  '/import/templates/[layout]': none,
  '/import/lists/[layout]': none,
  '/import/lists/[layout].csv': none,
  '/registries': { recorded, edit: form.area },
  '/funnel': { quarter: period, unit, week: form.monday, stage: form.oneOf(['claim', 'feedback']) },
  '/heat': {
    quarter: period,
    unit,
    indicator,
    scale: form.oneOf(HEAT_SCALES),
    measure,
    month: form.month,
    mode: form.oneOf(['rate', 'count']),
    area: form.area,
    industry: form.industry,
  },
  '/api/v1/funnel': { quarter: period, unit },
  '/api/v1/heat/units': { quarter: period, unit, indicator, scale: form.oneOf(HEAT_SCALES) },
  '/api/v1/heat/areas': { quarter: period, measure },
  '/api/v1/heat/months': { area: form.area, industry: form.industry },
  '/tables/[quarter]/[file]': { unit, item: name },
  '/reconciliation': reconciliation,
  '/reconciliation/rows.csv': reconciliation,
  '/reconciliation/rows.xlsx': reconciliation,
  '/reconciliation/rows.parquet': reconciliation,
  '/reconciliation/rows.arrow': reconciliation,
  '/publications': none,
  '/publications/[quarter]': none,
  '/publications/[quarter]/record.json': ofPublication,
  '/publications/[quarter]/circular': ofPublication,
  '/publications/[quarter]/circular/[file]': { ...ofPublication, sha256: form.sha256 },
  '/publications/[quarter]/evidence/[unit]': ofPublication,
  '/publications/verify': none,
  '/publications/jobs/[job]': none,
  '/publications/year': { year: form.year },
  '/publications/tables/[file]': { year: form.year },
  '/objections': {
    quarter: period,
    state: form.oneOf(['open', 'answered', 'withdrawn', 'late', 'foreign']),
    filed: id,
  },
  '/draws': { year: form.year, state: form.oneOf(TASK_STATES), page: form.page },
  '/draws/new': draw,
  '/draws/[task]': { detail: form.flag, verify: form.flag },
  '/draws/[task]/screen': { step: form.step },
  '/draws/[task]/public.json': none,
  '/draws/[task]/visits.csv': none,
  '/draws/[task]/visits.xlsx': none,
  '/draws/[task]/visits.parquet': none,
  '/draws/[task]/visits.arrow': none,
  '/draws/[task]/proof': { subject: text(64) },
  '/draws/inspectors': { unit, edit: id },
  '/draws/verifier': none,
  '/risk': { month: form.month, tier: form.tier, mode: form.oneOf(['rate', 'count']) },
  '/risk/alerts': {
    recorded,
    state: form.oneOf(ALERT_STATES),
    topic: form.oneOf(ALERT_TOPICS),
    alert: id,
    page: form.page,
  },
  '/risk/backtest': none,
  '/risk/subjects': {
    month: form.month,
    tier: form.tier,
    area: form.area,
    industry: form.industry,
    only: form.oneOf(['differs', 'direct']),
    page: form.page,
  },
  '/tasks': none,
  '/tasks/[task]/[subject]': none,
  '/subjects': { q: text(64) },
  '/subjects/[uscc]': { group: form.oneOf(EVENT_GROUPS as unknown as Some), month: form.month },
  '/places': { quarter: period },
  '/places/[place]': {
    quarter: period,
    township: form.areaOrNone,
    department: unit,
    item: name,
    shown: form.oneOf(['undone', 'late', 'done']),
    page: form.page,
  },
  '/tableau': { quarter: period, ...sorting },
  '/loop': { quarter: period, unit },
  '/backfill': { quarter: period, unit },
  '/admin/accounts': none,
  '/admin/accounts/[account]': none,
  '/admin/keys': none,
  '/admin/log': accessLog,
  '/admin/log.csv': accessLog,
  '/admin/log.xlsx': accessLog,
  '/admin/log.parquet': accessLog,
  '/admin/log.arrow': accessLog,
  '/rules': none,
  '/rules/whatif': none,
  '/stream': { range },
  '/stream/rejects': { reason: name, page: form.page },
  '/api/v1/stream/minutes': { range, at: form.moment },
  '/api/v1/updates': none,
  '/api/v1/openapi.json': none,
  '/api/v1/asyncapi.json': none,
  '/health/live': none,
  '/health/ready': none,
  '/metrics': none,
};
