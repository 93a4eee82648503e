import type { DataTable } from '@hengjian/contract/data-table.ts';
import { forFiles, personName } from '@hengjian/contract/natural-persons.ts';
import { readLibrary } from '@hengjian/models/draw/task/library.ts';
import { readTeams } from '@hengjian/models/draw/task/read-teams.ts';
import { resultName } from '@hengjian/models/inspections/result-codes.ts';
import { type TaskVisit, visitsOfTask } from '@hengjian/models/queries/draws/visits-of-task.ts';
import { industryName } from '#lib/charts/heat-area-industry/industry-sections.ts';
import { listText } from '#lib/i18n/list-text.ts';
import { translate } from '#lib/i18n/translate.ts';
import { areaNames } from '#lib/server/area-names.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { taskOf } from '#lib/server/task-steps/task-of.ts';
import { inCells } from './in-cells.ts';

/** Rows that are held at once, of however many. */
const BATCH = 5_000;

/** What was drawn for a task and what has become of it, for programs. */
export async function visitsStatement(locals: App.Locals, id: string) {
  holdMay(locals, 'draws', 'export');
  const found = await taskOf(locals, id);
  const { task, year, lead, participants } = found;
  const statement = visitsOfTask(forFiles(locals.scope), { task, year, units: [lead, ...participants] });
  return { found, statement, name: `${translate(locals.locale, 'download.visits')}-${task}` };
}

/** What was drawn for a task, who goes there, and what has become of it: as the page of the task shows it, with no tier and no name of a person. */
export async function visitsTable(locals: App.Locals, id: string): Promise<DataTable> {
  const { figures, locale, parts } = locals;
  const scope = forFiles(locals.scope);
  const { found, statement, name } = await visitsStatement(locals, id);
  const { task, year, lead } = found;
  const teams = await readTeams(parts.reader, { task });
  // Within the unit that drew alone: in another the same number is another person.
  const library = await readLibrary(parts.reader, { units: [teams[0]?.department ?? lead], year });
  const sent = new Map(teams[0]?.visits.map(({ subject, inspectors }) => [subject, inspectors]));
  const named = (person: string) => personName(scope, library.find((entry) => entry.id === person)?.name ?? person);
  const areaName = areaNames(locals);
  const cells = (visit: TaskVisit) => [
    visit.subject,
    visit.name,
    visit.area && areaName(visit.area),
    visit.area,
    visit.industry && industryName(visit.industry, locale),
    visit.industry,
    listText(locale, (sent.get(visit.subject) ?? []).map(named)),
    visit.done_on,
    visit.codes.map((code) => resultName(code, locale === 'en' ? 'en' : 'zh')).join(locale === 'en' ? '; ' : '；'),
    visit.entered_on,
    visit.published_on,
  ];
  const column = (
    of: 'subject' | 'name' | 'area_name' | 'area' | 'industry_name' | 'industry' | 'team' | 'result',
  ) => ({
    title: translate(locale, `download.visit.${of}`),
    kind: 'text' as const,
  });
  const day = (of: 'done_on' | 'entered_on' | 'published_on') => ({
    title: translate(locale, `download.visit.${of}`),
    kind: 'when' as const,
  });
  return {
    name,
    sheet: '抽中对象',
    columns: [
      column('subject'),
      column('name'),
      column('area_name'),
      column('area'),
      column('industry_name'),
      column('industry'),
      column('team'),
      day('done_on'),
      column('result'),
      day('entered_on'),
      day('published_on'),
    ],
    batches: inCells(figures.batches(statement, BATCH), cells),
  };
}
