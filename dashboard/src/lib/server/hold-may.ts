import { type Action, may, type Resource } from '@hengjian/contract/permissions.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';

/** The route lets the role in; a limit of the account may still leave nothing to see or do. @throws 403 then */
export function holdMay({ locale, scope }: App.Locals, resource: Resource, action: Action = 'read'): void {
  if (!may(scope, resource, action))
    error(403, translate(locale, 'draws.limited'), { wayOut: translate(locale, 'error.role.way_out') });
}
