import { may } from '@hengjian/contract/permissions.ts';
import { translate } from '#lib/i18n/translate.ts';
import { entryScene } from '#lib/server/entry-scene.ts';
import { officeDesk } from '#lib/server/office-desk.ts';
import { unitDesk } from '#lib/server/unit-desk.ts';
import type { PageServerLoad } from './$types';

/** The office sees everything that waits; a unit, or who chooses one, its own desk. */
export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('hengjian:data');
  const scene = entryScene(locals, 'desk');
  const isOffice = may(locals.scope, 'office_entries');
  const asked = scene.own.find(({ id }) => id === url.searchParams.get('unit'));
  const unit = asked ?? (isOffice ? undefined : scene.own[0]);
  const name = unit?.name ?? '';
  return {
    title: unit ? `${name} ${translate(locals.locale, 'desk.title')}` : translate(locals.locale, 'desk.title'),
    isOffice,
    own: scene.own,
    unit,
    ofUnit: unit && (await unitDesk(locals, scene, unit.id)),
    ofOffice: unit || !isOffice ? undefined : await officeDesk(locals, scene),
  };
};
