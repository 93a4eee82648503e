import { fetchArrow } from '#lib/charts/fetch-arrow.ts';
import type { FunnelStage, FunnelWeekRow } from '#lib/funnel/funnel-view.ts';
import { pathTo } from '#lib/path-to.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, fetch, url }) => ({
  ...data,
  rows: data.quarter ? await fetchArrow<FunnelWeekRow>(fetch, pathTo(`/api/v1/funnel?quarter=${data.quarter}`)) : [],
  filter: { unit: url.searchParams.get('unit') ?? '', week: url.searchParams.get('week') ?? '' },
  stage: (url.searchParams.get('stage') === 'feedback' ? 'feedback' : 'claim') satisfies FunnelStage as FunnelStage,
});
