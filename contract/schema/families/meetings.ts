import { Day, type EventFamily, fixed, Id, List, OneOf, Unit } from '../event-type.ts';

const required = { required: List(Unit('unit'), 'units that owe it') };

export const meetings: EventFamily = {
  family: 'meetings',
  title: { zh: '会议与材料', en: 'Meetings and materials' },
  types: [
    fixed(
      'meeting.held',
      '会议召开',
      'A meeting took place',
      '001, 002',
      { meeting_id: Id('the meeting'), ...required },
      { actor: 'office', concerns: 'required' },
    ),
    fixed('meeting.attended', '会议出席', 'A unit attended, by itself, by a substitute, or excused', '001, 002', {
      meeting_id: Id('the meeting'),
      status: OneOf(['present', 'substitute', 'excused'], 'how'),
    }),
    fixed(
      'material.due',
      '材料报送要求',
      'A material falls due',
      '001, 002',
      {
        obligation_id: Id('the obligation'),
        due_on: Day('due'),
        ...required,
      },
      { actor: 'office', concerns: 'required' },
    ),
    fixed('material.submitted', '材料报送', 'A unit handed it in', '001, 002', { obligation_id: Id('the obligation') }),
  ],
};
