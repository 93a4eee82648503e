import {
  AnyText,
  type EventFamily,
  fixed,
  Id,
  Lenient,
  List,
  named,
  Optional,
  recordMembers,
  Text,
} from '../event-type.ts';

const punishment = {
  case_id: Id('the case'),
  targets: Optional(List(Text('target'), 'whom it is aimed at')),
  measure: Optional(Text('measure')),
  result: Optional(Text('result')),
};

export const punishments: EventFamily = {
  family: 'punishments',
  title: { zh: '失信联合惩戒', en: 'Joint punishment' },
  types: [
    fixed(
      'punishment.initiated',
      '联合惩戒发起',
      'A case was started',
      '003, 004',
      {
        ...punishment,
        implementers: Lenient(List(AnyText('unit'), 'units that carry it out; none means all but the sender')),
      },
      { concerns: 'implementers', upon: 'case' },
    ),
    fixed('punishment.received', '联合惩戒接收', 'A unit received it', '003, 004', punishment),
    fixed('punishment.applied', '联合惩戒实施', 'A unit applied it', '000, 001, 003, 004', {
      ...punishment,
      decided_on: recordMembers.decided_on,
      doc_no: recordMembers.doc_no,
      publish: recordMembers.publish,
    }),
    fixed('punishment.fed_back', '联合惩戒反馈', 'A unit reported the result', '003, 004', punishment),
    named(
      'alert.realtime',
      '嵌入式预警',
      'A host system warned of a listed subject',
      '000, 003',
      { case_id: 'case', host_system: 'system' },
      'optional',
    ),
  ],
};
