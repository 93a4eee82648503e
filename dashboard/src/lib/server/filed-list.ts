/** A quarterly list as it was typed: whose, of which quarter and kind, and its rows. */
import type { ListRow } from '@hengjian/contract/list-files.ts';
import { parseQuarter } from '@hengjian/models/calendar/quarter.ts';
import { listDuties } from '@hengjian/models/queries/read-list-reports.ts';
import { unitName } from '#lib/entries/unit-name.ts';
import type { Problem } from '#lib/forms/form-values.ts';
import { problemText } from '#lib/forms/problem-text.ts';
import { translate } from '#lib/i18n/translate.ts';
import type { EntryScene } from './entry-scene.ts';
import { problemIn } from './record-form.ts';

export interface ListChoice {
  unit: string;
  quarter: string;
  kind: string;
}

const EARLIEST = 2010;

/** The list that a form is about; the account must be able to act for the unit, and the unit must owe it. */
export function chosenList(
  locals: App.Locals,
  scene: EntryScene,
  data: FormData,
): { ok: true; list: ListChoice } | { ok: false; problems: Problem[] } {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const list = { unit: text('unit'), quarter: text('quarter'), kind: text('kind') };
  const problems = choiceProblems(locals, scene, list);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, list };
}

export function choiceProblems(locals: App.Locals, scene: EntryScene, { unit, quarter, kind }: ListChoice): Problem[] {
  const name = unitName(scene.units, unit);
  const parsed = parseQuarter(quarter);
  if (!scene.own.some(({ id }) => id === unit))
    return [problemIn(locals, 'unit', 'entries.problem.other_unit', { unit: name })];
  if (!parsed || parsed.year < EARLIEST)
    return [problemIn(locals, 'quarter', 'entries.problem.quarter', { value: quarter })];
  if (parsed.start > scene.today)
    return [problemIn(locals, 'quarter', 'entries.problem.quarter_future', { value: quarter })];
  if (!listDuties(scene.project.ruleSet).some((one) => one.unit === unit && one.kind === kind))
    return [problemIn(locals, 'kind', 'entries.problem.no_list', { unit: name })];
  return [];
}

export interface TypedRow {
  /** Number of the row in the form, from 0. */
  index: number;
  row: ListRow;
}

/** Rows in which anything was typed: `uscc`, `doc_no`, `decided_on` come in threes. */
export function typedRows(data: FormData): TypedRow[] {
  const column = (name: string) => data.getAll(name).map((value) => String(value).trim());
  const [codes, numbers, days] = [column('uscc'), column('doc_no'), column('decided_on')];
  return codes.flatMap((uscc, index) => {
    const row = { uscc: uscc.toUpperCase(), doc_no: numbers[index] ?? '', decided_on: days[index] ?? '' };
    return Object.values(row).every((value) => value === '') ? [] : { index, row };
  });
}

/** Each row is asked for at the door by itself, so that what is wrong stands beside it. */
export function listProblems(locals: App.Locals, list: ListChoice, rows: readonly TypedRow[]): Problem[] {
  if (rows.length === 0) return [problemIn(locals, '', 'entries.lists.no_rows')];
  return rows.flatMap(({ index, row }) => {
    const missing = (['uscc', 'doc_no', 'decided_on'] as const).find((name) => row[name] === '');
    const refused = missing
      ? undefined
      : locals.parts.checkEvent({
          specversion: '1.0',
          id: 'row',
          source: '/row',
          type: 'quarter_list.submitted',
          time: new Date().toISOString(),
          department: list.unit,
          data: { quarter: list.quarter, kind: list.kind, rows: [row] },
        });
    const field =
      missing ??
      (refused?.reason.startsWith('uscc') ? 'uscc' : refused?.reason === 'day_form' ? 'decided_on' : 'doc_no');
    if (!missing && !refused) return [];
    const words = refused
      ? problemText(locals.locale, refused.reason, row[field])
      : translate(locals.locale, 'entries.lists.missing', {
          field: translate(locals.locale, `entries.field.${field}`),
        });
    return { field: `${field}:${index}`, text: translate(locals.locale, 'entries.lists.row', { n: index + 1, words }) };
  });
}
