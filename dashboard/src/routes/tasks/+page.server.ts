import { ownVisits } from '@hengjian/models/queries/draws/own-visits.ts';
import { legalDay } from '#lib/draws/legal-day.ts';
import { translate } from '#lib/i18n/translate.ts';
import { holdMay } from '#lib/server/hold-may.ts';
import { resultDeadlines } from '#lib/server/result-deadline.ts';
import type { PageServerLoad } from './$types';

/** The visits drawn for the person signed in, and nobody else’s. */
export const load: PageServerLoad = async ({ locals, depends }) => {
  holdMay(locals, 'own_tasks');
  depends('hengjian:data');
  const today = legalDay();
  const visits = await ownVisits(locals.parts.reader, locals.scope, Number(today.slice(0, 4)));
  const deadlineOf = resultDeadlines(locals);
  return {
    title: translate(locals.locale, 'tasks.title'),
    today,
    visits: visits.map((visit) => ({
      ...visit,
      deadline: visit.done_on && !visit.published_on ? deadlineOf(visit.done_on) : '',
    })),
  };
};
