export const desk = {
  'desk.left.unknown': ['该年放假安排未公布', 'No holiday notice yet'],
  'desk.left.over': ['逾期 {n} 个工作日', '{n} workdays over'],
  'desk.left.today': ['今天到期', 'Due today'],
  'desk.left.days': ['还有 {n} 个工作日', '{n} workdays left'],
} as const;
