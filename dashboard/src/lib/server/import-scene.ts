/** What the pages of imports need: who may bring tables here, for which units, and what those are called. */
import { may } from '@hengjian/contract/permissions.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';
import type { ImportStanding } from '../../../acts/import-acts.ts';
import { type EntryScene, entryScene } from './entry-scene.ts';

export const importScene = (locals: App.Locals): EntryScene => entryScene(locals, 'imports');

/** @throws 404 where there is none, or none that the account may see */
export async function importOf(locals: App.Locals, id: string): Promise<ImportStanding> {
  const { parts, scope, locale } = locals;
  const found = may(scope, 'imports') ? await parts.imports.find(scope, id) : undefined;
  if (!found) error(404, translate(locale, 'import.unknown'));
  return found;
}

/** The unit of rows that name none; undefined: it is none that the account may act for. */
export function departmentIn(scene: EntryScene, data: FormData): string | null | undefined {
  const asked = String(data.get('department') ?? '').trim();
  if (asked === '') return null;
  return scene.own.some(({ id }) => id === asked) ? asked : undefined;
}
