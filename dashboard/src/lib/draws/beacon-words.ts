import type { PlannedBeacon } from '@hengjian/models/draw/beacon/planned-beacon.ts';
import { formatMoment } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { translate } from '#lib/i18n/translate.ts';

/** Which public value of which time, in words. */
export function beaconWords(planned: unknown, locale: Locale): string {
  const beacon = planned as PlannedBeacon | undefined;
  if (!beacon) return translate(locale, 'draws.beacon.unannounced');
  const at = formatMoment(locale, beacon.at);
  return beacon.kind === 'drand'
    ? translate(locale, 'draws.beacon.drand.words', { round: beacon.round, at })
    : translate(locale, 'draws.beacon.text.words', { name: beacon.name, at });
}
