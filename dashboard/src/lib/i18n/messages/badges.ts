export const badges = {
  'badge.no_business': ['无业务', 'No business'],
  'badge.no_business.meaning': [
    '本期应办数为零，按规则得满分。',
    'Nothing was due in the period; the rule gives full marks.',
  ],
  'badge.no_business.meaning.rates': [
    '本期没有应办事项，该项不参加排名。',
    'Nothing was due in the period; the unit is not ranked in this item.',
  ],
  'badge.borrowed_deadline': ['借用期限', 'Borrowed deadline'],
  'badge.borrowed_deadline.meaning': [
    '本办法未规定期限，采用其他文件规定的期限。',
    'The rules set no deadline; the one of another document is used.',
  ],
  'badge.near_threshold': ['临近门槛', 'Near threshold'],
  'badge.near_threshold.meaning': [
    '距得分突变的门槛不足2个百分点或2分，一两件就会改变得分。',
    'Within two points of a cliff: one or two cases change the score.',
  ],
  'badge.small_n': ['基数小', 'Small n'],
  'badge.small_n.meaning': [
    '应办数不足10，比例波动大，比较时请谨慎。',
    'Fewer than 10 due; the rate swings, compare with care.',
  ],
  'badge.below_target': ['未达标', 'Below target'],
  'badge.below_target.meaning': ['低于办法规定的目标值。', 'Below the target that the rules set.'],
} as const;
