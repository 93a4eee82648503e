import type { DescribedItem, DescribedPart } from '@hengjian/models/ruleset/describe-rule-set.ts';
import type { Locale } from '../i18n/locale.ts';
import { isMessageKey, type MessageParams, translate } from '../i18n/translate.ts';

/** What a part of an item is worth, in words; a kind of an office's own goes by its id. */
export function partWords(
  locale: Locale,
  part: DescribedPart,
  { by_time: byTime }: Pick<DescribedItem, 'by_time'>,
): string {
  const timed = part.kind === 'rate' && byTime ? '.timed' : '';
  const key = `rules.kind.${part.kind}${timed}`;
  if (!isMessageKey(key)) return part.kind;
  const comma = locale === 'en' ? ', ' : '，';
  const say = (name: string, params: MessageParams) => (isMessageKey(name) ? translate(locale, name, params) : name);
  return translate(locale, key, {
    points: part.points ?? '',
    threshold: part.thresholdPercent ?? '',
    steps: part.steps.map(([from, points]) => say('rules.step', { from, points })).join(comma),
    deductions: part.deductions
      .map(({ measure, state, points }) =>
        say(`rules.deduction.${measure === 'attendance' ? 'absent' : state}`, { points }),
      )
      .join(comma),
  });
}
