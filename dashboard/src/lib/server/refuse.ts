import type { Answer } from '@hengjian/models/queries/answer.ts';
import { error } from '@sveltejs/kit';
import { translate } from '#lib/i18n/translate.ts';

type Refused = Extract<Answer<unknown>, { ok: false }>;

/** What was asked for; fills in the sentence that the reader sees. */
export interface Asked {
  quarter?: string;
  unit?: string;
  item?: string;
}

/** Turns a refusal into the error page: what was asked, why not, and the way out. @throws always. */
export function refuse({ locale }: Pick<App.Locals, 'locale'>, { reason }: Refused, asked: Asked): never {
  const wayOut =
    reason === 'forbidden' || reason === 'unknown_quarter' ? translate(locale, `error.${reason}.way_out`) : undefined;
  error(
    reason === 'forbidden' ? 403 : 404,
    translate(locale, `error.${reason}`, { ...asked }),
    wayOut ? { wayOut } : {},
  );
}
