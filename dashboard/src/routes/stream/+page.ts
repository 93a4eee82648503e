import { fetchArrow } from '#lib/charts/fetch-arrow.ts';
import type { MinuteCount } from '#lib/charts/stream-minute/stream-minute-chart.ts';
import { pathTo } from '#lib/path-to.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, fetch }) => ({
  ...data,
  minutes: await fetchArrow<MinuteCount>(fetch, pathTo(`/api/v1/stream/minutes?range=${data.range}&at=${data.at}`)),
});
