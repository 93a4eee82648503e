import { may } from '@hengjian/contract/permissions.ts';
import { translate } from '#lib/i18n/translate.ts';
import { entryScene } from '#lib/server/entry-scene.ts';
import { listEntries } from '#lib/server/list-entries.ts';
import type { PageServerLoad } from './$types';

const SHOWN = 50;
const OFFICE_TYPES = ['mark.awarded', 'meeting.held', 'material.due', 'outage.declared'];
const FORM_TYPES = ['meeting.attended', 'event.voided', 'push.claimed', 'push.returned', 'push.outcome_fed_back'];
const UNIT_TYPES = ['quarter_list.submitted', 'material.submitted'];

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends('hengjian:data');
  const scene = entryScene(locals, 'unit_entries');
  const office = may(locals.scope, 'office_entries');
  return {
    title: translate(locals.locale, 'entries.title'),
    office,
    mayVoid: scene.isOffice,
    entries: await listEntries(locals, scene, office ? 'office_entries' : 'unit_entries', {
      types: office ? [...OFFICE_TYPES, ...UNIT_TYPES] : UNIT_TYPES,
      formTypes: FORM_TYPES,
      limit: SHOWN,
    }),
  };
};
