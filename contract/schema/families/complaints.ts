import { type EventFamily, fixed, named, Text } from '../event-type.ts';

export const complaints: EventFamily = {
  family: 'complaints',
  title: { zh: '投诉举报与线索', en: 'Complaints and clues' },
  types: [
    fixed(
      'complaint.received',
      '投诉举报',
      'A complaint about a subject came in',
      '002, 004',
      { channel: Text('channel'), topic: Text('topic') },
      { subject: 'required' },
    ),
    named('clue.received', '线索转办', 'A clue came in', '002, 004', { channel: 'channel', at: 'when' }, 'optional'),
  ],
};
