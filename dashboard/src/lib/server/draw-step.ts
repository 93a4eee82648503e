/** The steps of a draw as pages take them: events of the product, with the name of who took them. */
import { DrawError } from '@hengjian/models/draw/draw-error.ts';
import type { WriteEvents } from '@hengjian/models/publication/write-events.ts';
import { productRights } from '#accounts/account-rights.ts';
import { isMessageKey, translate } from '#lib/i18n/translate.ts';

type Who = Pick<App.Locals, 'parts' | 'scope'>;

/** What the product writes, with the account that had it done. */
export function writeForAccount({ parts, scope }: Who): WriteEvents {
  return (events) =>
    parts.writer.write(
      events.map((event) => ({ ...event, data: { ...(event as { data: object }).data, by: scope.account } })),
      productRights(scope),
    );
}

export type Stepped<T> = { ok: true; value: T } | { ok: false; problem: string; reason: string | undefined };

/** Takes a step; what a person can mend becomes a sentence in the reader’s language. */
export async function takeStep<T>({ locale }: Pick<App.Locals, 'locale'>, step: () => Promise<T>): Promise<Stepped<T>> {
  try {
    return { ok: true, value: await step() };
  } catch (error) {
    if (!(error instanceof DrawError)) throw error;
    const { reason, values } = error.refused ?? {};
    const key = `draws.problem.${reason}`;
    const problem =
      reason && isMessageKey(key)
        ? translate(locale, key, values)
        : translate(locale, 'draws.problem.other', { detail: error.message });
    return { ok: false, problem, reason };
  }
}
