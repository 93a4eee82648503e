import { loadAreas } from '@hengjian/models/areas/load-areas.ts';
import { loadIndicators } from '@hengjian/models/risk/indicators/load-indicators.ts';
import { builtMonths } from '@hengjian/models/risk/queries/built-months.ts';
import { readTiers } from '@hengjian/models/risk/queries/read-tiers.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import { areaNames } from '#lib/server/area-names.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 50;
const ONLY = ['differs', 'direct'] as const;

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  holdMay(locals, 'tiers');
  depends('hengjian:data');
  const { parts, scope, locale } = locals;
  const query = url.searchParams;
  const title = translate(locale, 'risk.subjects.title');
  const months = await builtMonths(parts.reader);
  const month = months.find((known) => known === query.get('month')) ?? months[0];
  if (!month) return { title, list: undefined };
  const set = loadIndicators(parts.environment.dataDir);
  const tier = set.tiers.find((known) => known === query.get('tier')) ?? '';
  const filter = {
    area: query.get('area') ?? '',
    industry: query.get('industry')?.slice(0, 1) ?? '',
    only: ONLY.find((known) => known === query.get('only')) ?? ('' as const),
  };
  const page = Math.max(1, Number(query.get('page')) || 1);
  const answer = await readTiers(parts.reader, scope, {
    ...{ month, ...filter, tiers: tier ? [tier] : [], limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
  });
  if (!answer.ok) error(403, translate(locale, 'draws.limited'));
  const areaName = areaNames(locals);
  const language = locale === 'en' ? 'en' : 'zh';
  const nameOf = (id: string) => set.direct.find((rule) => rule.id === id)?.name[language] ?? id;
  const known = [...loadAreas(parts.environment.dataDir).keys()];
  return {
    title,
    months,
    month,
    tiers: set.tiers,
    tier,
    filter,
    page,
    pages: Math.max(1, Math.ceil(answer.value.tiers.reduce((sum, { subjects }) => sum + subjects, 0) / PAGE_SIZE)),
    areas: [...new Set([...known, ...(filter.area ? [filter.area] : [])])]
      .filter((code) => scope.areas === 'all' || scope.areas.includes(code))
      .map((code) => ({ code, name: areaName(code) })),
    list: {
      ...answer.value,
      subjects: answer.value.subjects.map((row) => ({
        ...row,
        areaName: areaName(row.area),
        direct: row.direct.map(nameOf),
      })),
    },
  };
};
