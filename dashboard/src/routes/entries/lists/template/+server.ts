import { parseQuarter, quarterOf } from '@hengjian/models/calendar/quarter.ts';
import { listDuties } from '@hengjian/models/queries/read-list-reports.ts';
import { error } from '@sveltejs/kit';
import { XLSX } from '#lib/downloads/sent-workbook.ts';
import { translate } from '#lib/i18n/translate.ts';
import { entryScene } from '#lib/server/entry-scene.ts';
import { fileResponse } from '#lib/server/file-response.ts';
import type { RequestHandler } from './$types';

/** What the lines of the table call a kind of list. */
const KINDS: Readonly<Record<string, string>> = { licence: '行政许可', dishonest: '失信' };

/** The empty table of a list, with the unit, the quarter, the kind and the day filled in; the first that is owed where none is named. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const scene = entryScene(locals, 'unit_entries');
  const owed = listDuties(scene.project.ruleSet);
  const { searchParams } = url;
  const asked = searchParams.get('unit') || null;
  const unit = scene.own.find(({ id }) => (asked === null ? owed.some((one) => one.unit === id) : id === asked));
  const quarter = searchParams.get('quarter') || quarterOf(scene.today);
  const kind = (searchParams.get('kind') || owed.find((one) => one.unit === unit?.id)?.kind) ?? '';
  if (!unit || !parseQuarter(quarter) || !owed.some((one) => one.unit === unit.id && one.kind === kind))
    error(404, translate(locals.locale, 'entries.lists.no_such'));
  const name = scene.project.ruleSet.data.units.find(({ id }) => id === unit.id)!.name;
  const said = KINDS[kind] ?? kind;
  const bytes = await locals.parts.listFiles.template({ unit: name, quarter, kind: said, sent: scene.today });
  return fileResponse({ name: `${name} ${quarter} ${said}清单.xlsx`, type: XLSX, bytes });
};
