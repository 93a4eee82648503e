import { type PlaceFilter, placeFigures, placeRecords } from '@hengjian/models/queries/places.ts';
import { seesUnit } from '@hengjian/models/queries/read-scores.ts';
import { readSubjectNames } from '@hengjian/models/queries/read-subject-names.ts';
import { namedIn } from '#lib/i18n/named-in.ts';
import { placeRows } from '#lib/places/place-rows.ts';
import { smallBelow } from '#lib/places/small-below.ts';
import { areaNames } from '#lib/server/area-names.ts';
import { departmentNames } from '#lib/server/department-names.ts';
import { quarterRules } from '#lib/server/quarter-rules.ts';
import { ratePageOf } from '#lib/server/rate-page.ts';
import { refuse } from '#lib/server/refuse.ts';
import type { PageServerLoad } from './$types';

const SIZE = 50;
const STATES = ['undone', 'late', 'done'] as const;

/** A unit: its areas; an area of it: the departments that did the work; with `item`, the single records of what is chosen. */
export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends('hengjian:data');
  const { figures, locale, scope, ruleset } = locals;
  const { place: unit } = params;
  const { quarters, quarter = '', entry, present } = await ratePageOf(locals, url, 'places');
  const township = url.searchParams.get('township') || undefined;
  const department = url.searchParams.get('department') || undefined;
  const nothing = { quarters, quarter, present, unit, unitName: unit, township, department, figures: undefined };
  if (!present || !entry) return { title: unit, ...nothing };
  if (!seesUnit(scope, unit)) refuse(locals, { ok: false, reason: 'forbidden', detail: unit }, { quarter, unit });
  const [scores, items] = await Promise.all([figures.scores(quarter), figures.items(quarter)]);
  const found = scores.ok ? namedIn(locale, scores.value.units).find((one) => one.unit === unit) : undefined;
  // Of a draft an account of areas sees no unit of the whole city, and so not its name.
  if (!found && scope.areas === 'all')
    refuse(locals, { ok: false, reason: 'unknown_unit', detail: unit }, { quarter, unit });
  const shown = scores.ok ? (scores.value.tables ?? []).flatMap(({ items: some }) => some) : [];
  const columns = items.filter(({ item }) => shown.includes(item));
  const item = columns.find((column) => column.item === url.searchParams.get('item'));
  const area = township === 'none' ? '' : township;
  const filter: PlaceFilter = { ruleset, quarter, unit, area, department };
  const level = area === undefined ? 'area' : 'department';
  const page = Number(url.searchParams.get('page') || 1);
  const asked = STATES.find((one) => one === url.searchParams.get('shown')) ?? '';
  const [rows, records] = await Promise.all([
    figures.rows(placeFigures(scope, level, { ...filter, department: undefined })),
    item ? figures.rows(placeRecords(scope, { ...filter, item: item.item, state: asked, page, size: SIZE })) : [],
  ]);
  const unitName = found?.name ?? unit;
  const areaName = areaNames(locals);
  const codes = [
    ...(level === 'area' ? rows.map(({ place }) => place) : []),
    ...records.map((row) => row.area),
    area ?? '',
  ];
  return {
    title: `${unitName}${area ? ` ${areaName(area)}` : ''}`,
    ...nothing,
    unitName,
    figures: {
      level,
      columns,
      rows: placeRows(
        rows,
        columns.map((column) => column.item),
        smallBelow(quarterRules(locals, quarter)),
      ),
    },
    departments: departmentNames(locals),
    areas: Object.fromEntries(codes.filter((code) => code !== '').map((code) => [code, areaName(code)])),
    limited: scope.areas !== 'all',
    item,
    shown: asked,
    page,
    pages: Math.max(1, Math.ceil((records[0]?.total ?? 0) / SIZE)),
    records,
    subjects: Object.fromEntries(
      await readSubjectNames(
        scope,
        figures.warehouse,
        records.map(({ subject }) => subject),
      ),
    ),
  };
};
