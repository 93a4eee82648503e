import { AnyText, type EventFamily, Flag, fixed, Id, Lenient, Optional } from '../event-type.ts';

const objection = {
  objection_id: Id('the objection'),
  record_id: Id('the record objected to'),
  consistent: Optional(Flag('whether the record equals its source')),
};
const repair = { record_id: Id('the record') };
const subject = { subject: 'required' } as const;
const ANSWER = { upon: 'answer', after: true } as const;

export const objections: EventFamily = {
  family: 'objections',
  title: { zh: '异议与信用修复', en: 'Objections and credit repair' },
  types: [
    fixed('objection.filed', '异议申请', 'An objection was filed', '002–004', objection, { upon: 'objection' }),
    fixed(
      'objection.forwarded',
      '异议转交',
      'It was forwarded to the provider',
      '002, 003',
      { ...objection, to_unit: Lenient(AnyText('unit id of the provider')) },
      { concerns: 'to_unit', unnamed: 'nobody', upon: 'objection', after: true },
    ),
    fixed('objection.verified', '异议核实', 'It was verified', '002, 003', objection, ANSWER),
    fixed('objection.answered', '异议答复', 'It was answered', '002, 003', objection, ANSWER),
    fixed('repair.applied', '信用修复申请', 'Credit repair was applied for', '002', repair, subject),
    fixed('repair.approved', '信用修复批准', 'Credit repair was approved', '002', repair, subject),
  ],
};
