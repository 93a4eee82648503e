import { RESULT_CODES } from '@hengjian/models/inspections/result-codes.ts';
import { translate } from '#lib/i18n/translate.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { readRiskMaps } from '#lib/server/read-risk-maps.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  holdMay(locals, 'risk_maps');
  depends('hengjian:data');
  const language = locals.locale === 'en' ? 'en' : 'zh';
  return {
    title: translate(locals.locale, 'risk.title'),
    codeNames: Object.fromEntries(RESULT_CODES.map(({ code, name }) => [code, name[language]])),
    maps: await readRiskMaps(locals, url.searchParams),
  };
};
