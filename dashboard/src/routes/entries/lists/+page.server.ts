import type { ListRow } from '@hengjian/contract/list-files.ts';
import { neighbour, quarterOf } from '@hengjian/models/calendar/quarter.ts';
import { listDuties, readListReports } from '@hengjian/models/queries/read-list-reports.ts';
import { openLists } from '#lib/downloads/open-lists.ts';
import { formatQuarter } from '#lib/i18n/format.ts';
import { translate } from '#lib/i18n/translate.ts';
import { pathTo } from '#lib/path-to.ts';
import { type EntryScene, entryScene } from '#lib/server/entry-scene.ts';
import { chosenList, type ListChoice, listProblems, typedRows } from '#lib/server/filed-list.ts';
import { listEntries } from '#lib/server/list-entries.ts';
import { newSubmission } from '#lib/server/record-events.ts';
import { failForm, problemIn, recordForm } from '#lib/server/record-form.ts';
import { readUpload } from '#lib/server/uploaded-list.ts';
import type { Actions, PageServerLoad } from './$types';

const SHOWN = 50;
/** A longer list is kept in a workbook, not in a form. */
const MOST_TYPED = 200;
const BLANK_ROWS = 5;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const { locale, parts, scope } = locals;
  const scene = entryScene(locals, 'unit_entries');
  const duties = listDuties(scene.project.ruleSet);
  const own = scene.own.filter(({ id }) => duties.some(({ unit }) => unit === id));
  const running = quarterOf(scene.today);
  const quarters = [running, neighbour(running, -1), neighbour(running, -2)];
  const asked = url.searchParams.get('quarter') ?? '';
  // The list of a quarter is sent at its end: in the first days of the next one it is the one before that waits.
  const quarter = /^\d{4}Q[1-4]$/.test(asked) ? asked : neighbour(running, isEarly(scene.today) ? -1 : 0);
  const unit = own.find(({ id }) => id === url.searchParams.get('unit')) ?? own[0];
  const reports = unit
    ? (await readListReports(parts.reader, { ...scope, units: [unit.id] }, scene.project.ruleSet, quarter)).map(
        ({ kind, report }) => ({ kind, report }),
      )
    : [];
  const chosen = reports.find(({ kind }) => kind === url.searchParams.get('kind')) ?? reports[0];
  const rows = (chosen?.report?.data.rows ?? []) as ListRow[];
  return {
    title: translate(locale, 'entries.lists'),
    mayWrite: scene.mayWrite,
    lists: openLists(scope, ['quarter-list']),
    own,
    unit,
    quarter,
    quarters: [...new Set([...quarters, quarter])].map((id) => ({ id, name: formatQuarter(locale, id) })),
    reports: reports.map(({ kind, report }) => ({
      kind,
      n: report ? ((report.data.rows ?? []) as unknown[]).length : null,
      at: report?.recordedAt ?? null,
      by: report?.by ?? '',
      counted: report?.counted ?? true,
    })),
    kind: chosen?.kind,
    rows: rows.length > MOST_TYPED ? [] : rows,
    tooMany: rows.length > MOST_TYPED ? rows.length : 0,
    blank: BLANK_ROWS,
    entries: await listEntries(locals, scene, 'unit_entries', { types: ['quarter_list.submitted'], limit: SHOWN }),
    submission: newSubmission(),
  };
};

export const actions: Actions = {
  rows: async ({ locals, request }) => send(locals, await request.formData(), 'rows'),
  zero: async ({ locals, request }) => send(locals, await request.formData(), 'zero'),
  file: async ({ locals, request }) => {
    const scene = entryScene(locals, 'unit_entries');
    const data = await request.formData();
    const unit = String(data.get('unit') ?? '');
    if (!scene.own.some(({ id }) => id === unit))
      return failForm('file', data, [problemIn(locals, 'unit', 'entries.problem.other_unit', { unit })]);
    const read = await readUpload(locals, scene, data.get('file'), unit);
    if (!read.ok) return failForm('file', data, read.problems);
    const [list] = read.lists;
    return recordForm(locals, data, read.lists.map(draftOf), { form: 'file', next: addressOf(list!) });
  },
};

async function send(locals: App.Locals, data: FormData, form: 'rows' | 'zero') {
  const scene: EntryScene = entryScene(locals, 'unit_entries');
  const chosen = chosenList(locals, scene, data);
  if (!chosen.ok) return failForm(form, data, chosen.problems);
  if (form === 'zero') {
    if (data.get('sure') !== 'yes') return failForm(form, data, [problemIn(locals, 'sure', 'entries.lists.confirm')]);
    return recordForm(locals, data, [draftOf({ ...chosen.list, rows: [] })], { form, next: addressOf(chosen.list) });
  }
  const rows = typedRows(data);
  const problems = listProblems(locals, chosen.list, rows);
  if (problems.length > 0) return failForm(form, data, problems);
  const list = { ...chosen.list, rows: rows.map(({ row }) => row) };
  return recordForm(locals, data, [draftOf(list)], { form, next: addressOf(list) });
}

const draftOf = ({ unit, quarter, kind, rows }: ListChoice & { rows: ListRow[] }) => ({
  type: 'quarter_list.submitted',
  department: unit,
  data: { quarter, kind, rows },
});

const addressOf = ({ unit, quarter, kind }: ListChoice): string =>
  pathTo(`/entries/lists?${new URLSearchParams({ unit, quarter, kind })}`);

/** Within the first month of a quarter. */
const isEarly = (day: string): boolean => ['01', '04', '07', '10'].includes(day.slice(5, 7));
