import { Day, type EventFamily, fixed, recordMembers, Written } from '../event-type.ts';

const subject = { subject: 'required' } as const;
const decision = { reason: Written('reason'), decided_on: Day('day of the decision') };
const { doc_no, case_id, publish } = recordMembers;
const listed = { ...decision, doc_no, case_id, publish };

export const lists: EventFamily = {
  family: 'lists',
  title: { zh: '经营异常与严重违法失信', en: 'Abnormal-operation list and blacklist' },
  types: [
    fixed('abnormal.listed', '列入经营异常名录', 'Put on the abnormal-operation list', '000, 002–004', listed, subject),
    fixed(
      'abnormal.removed',
      '移出经营异常名录',
      'Taken off the abnormal-operation list',
      '000, 002–004',
      decision,
      subject,
    ),
    fixed('blacklist.listed', '列入严重违法失信名单', 'Put on the blacklist', '000, 003, 004', listed, subject),
    fixed('blacklist.removed', '移出严重违法失信名单', 'Taken off the blacklist', '000, 003, 004', decision, subject),
  ],
};
