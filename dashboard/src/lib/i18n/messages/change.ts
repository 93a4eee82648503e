export const change = {
  'change.title': ['总分变化的来由', 'Why the total moved'],
  'change.lead': [
    '与{quarter}相比，总分{change}分。各项变化之和等于总分变化；每项又分到各个失分事由。',
    'Against {quarter} the total changed by {change}. The changes of the items add up to it; each is laid to what cost points.',
  ],
  'change.none': ['各项得分都没有变化。', 'No item changed.'],
  'change.change': ['变化', 'Change'],
  'change.why': ['来由', 'Laid to'],
  'change.rows': ['{before}条→{after}条', '{before} → {after} rows'],
  'change.weight': ['满分变化', 'weight'],
  'change.sum': ['合计', 'Sum'],
  'enough.title': ['怎样才够', 'What would be enough'],
  'enough.missing': [
    '达到{threshold}%即得满分：至少{needed}件，还差{n}件。',
    'From {threshold}% the points are full: at least {needed}, {n} more.',
  ],
  'enough.reached': [
    '达到{threshold}%即得满分：至少{needed}件，已达到，余量{n}件。',
    'From {threshold}% the points are full: at least {needed}; reached, with {n} to spare.',
  ],
  'enough.steps.missing': [
    '满{needed}件即得按件数计的满分，还差{n}件。',
    'From {needed} on, what is given by number is full: {n} more.',
  ],
  'enough.steps.reached': [
    '满{needed}件即得按件数计的满分，已达到。',
    'From {needed} on, what is given by number is full: reached.',
  ],
  'interval.wilson': ['95%区间 {lower}–{upper}', '95% interval {lower}–{upper}'],
  'interval.title': ['比率与区间', 'Rate and interval'],
  'interval.text': [
    '{rate}（{n}/{of}）；95%置信区间：Wilson {wilson}，Jeffreys {jeffreys}',
    '{rate} ({n}/{of}); 95% intervals: Wilson {wilson}, Jeffreys {jeffreys}',
  ],
  'interval.meaning': [
    '应办数越少，比率越不可靠，区间越宽；区间重叠的单位之间，名次差别可能出于偶然。',
    'The fewer were due, the less sure the rate and the wider the interval; where intervals overlap, the order may be chance.',
  ],
  'interval.small': ['应办数不足10，比率仅供参考。', 'Fewer than 10 were due: take the rate with care.'],
} as const;
