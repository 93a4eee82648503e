import { readRows } from '@hengjian/models/queries/statement.ts';
import { findSubjects } from '@hengjian/models/queries/subjects/find-subjects.ts';
import { translate } from '#lib/i18n/translate.ts';
import { areaNamer } from '#lib/server/area-namer.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import type { PageServerLoad } from './$types';

const MOST = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
  holdMay(locals, 'subjects');
  const { parts, scope, locale } = locals;
  const text = (url.searchParams.get('q') ?? '').trim();
  const areaName = areaNamer(locals);
  const isLong = [...text].length >= 2;
  const found = isLong ? await readRows(parts.reader, findSubjects(scope, { text, limit: MOST + 1 })) : [];
  return {
    title: translate(locale, 'subjects.title'),
    text,
    isShort: text !== '' && !isLong,
    limited: scope.units !== 'all',
    most: MOST,
    more: found.length > MOST,
    found: found.slice(0, MOST).map((row) => ({ ...row, areaName: areaName(row.area) })),
  };
};
