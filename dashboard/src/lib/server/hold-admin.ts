import { type Action, may, type Resource } from '@hengjian/contract/permissions.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';

/** What belongs to no unit and no area cannot be narrowed to one: a limited account sees and does none of it. @throws 403 then */
export function holdAdmin({ locale, scope }: App.Locals, resource: Resource, action: Action = 'read'): void {
  if (!may(scope, resource, action))
    error(403, translate(locale, 'admin.limited'), { wayOut: translate(locale, 'error.role.way_out') });
}
