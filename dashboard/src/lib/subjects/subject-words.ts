import { t } from '#lib/i18n/t.ts';
import { isMessageKey } from '#lib/i18n/translate.ts';

/** The kind of a subject in words; one that is not among ours as it came, none as a dash. */
export function kindName(kind: string): string {
  const key = `subjects.kind.${kind}`;
  return isMessageKey(key) ? t(key) : kind || '—';
}

export function stateName({ name, ended }: { name: string; ended: number }): string {
  if (ended) return t('subjects.state.ended');
  return t(name ? 'subjects.state.on' : 'subjects.state.unknown');
}
