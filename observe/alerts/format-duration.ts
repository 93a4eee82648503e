/** Languages of the sentences. */
export type Language = 'zh-CN' | 'en';

const steps = [
  { seconds: 86_400, zh: '天', en: 'd' },
  { seconds: 3_600, zh: '小时', en: 'h' },
  { seconds: 60, zh: '分钟', en: 'min' },
  { seconds: 1, zh: '秒', en: 's' },
];

/** A duration in its largest unit and the next one: "3 天 4 小时", "2 min 5 s"; under a second "不到 1 秒". */
export function formatDuration(locale: Language, seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  if (whole === 0) return locale === 'en' ? 'under 1 s' : '不到 1 秒';
  const first = steps.findIndex((step) => whole >= step.seconds);
  const parts = steps.slice(first, first + 2).map((step, index) => {
    const rest = index === 0 ? whole : whole % steps[first]!.seconds;
    const n = Math.floor(rest / step.seconds);
    return n === 0 ? '' : `${n} ${locale === 'en' ? step.en : step.zh}`;
  });
  return `${seconds < 0 ? '−' : ''}${parts.filter(Boolean).join(' ')}`;
}
