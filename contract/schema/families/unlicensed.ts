import { type EventFamily, fixed, Id, Optional, Text } from '../event-type.ts';

const unlicensedCase = {
  case_id: Id('the case'),
  kind: Optional(Text('kind, such as 有照无证')),
  measure: Optional(Text('measure')),
};

export const unlicensed: EventFamily = {
  family: 'unlicensed',
  title: { zh: '无证无照', en: 'Unlicensed business' },
  types: [
    fixed('unlicensed.reported', '无证无照录入', 'A case was found and entered', '001, 002', unlicensedCase),
    fixed('unlicensed.handled', '无证无照处理', 'A case was dealt with', '001, 002', unlicensedCase),
  ],
};
