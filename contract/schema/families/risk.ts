import { AnyText, Day, type EventFamily, Lenient, List, named, Unit } from '../event-type.ts';

const score = {
  model_version: Lenient(AnyText('the model')),
  tier: Lenient(AnyText('the tier')),
  // Our own name indicators with their points, which stand in our tables: only words are read.
  reasons: Lenient(List(AnyText('reason'), 'why, in words')),
};
/** What people add to what they do with an alert. */
const said = {
  text: Lenient(AnyText('in words')),
  entered_by: Lenient(AnyText('of a form: account that entered it')),
};
const assignment = {
  alert_id: Lenient(AnyText('the alert')),
  unit: Lenient(Unit('unit that shall look into it')),
  due_on: Lenient(Day('day by which it shall')),
  ...said,
};
const alert = {
  alert_id: Lenient(AnyText('the alert')),
  topic: Lenient(AnyText('topic')),
  area: 'area',
  industry: Lenient(AnyText('industry')),
};
const disposal = { ...alert, ...said };
const upon = { upon: 'alert' } as const;
const DISPOSAL = { ...upon, after: true } as const;

export const risk: EventFamily = {
  family: 'risk',
  title: { zh: '风险分级与预警', en: 'Risk tiers and alerts' },
  types: [
    named('risk.scored', '风险评分', 'A subject was scored', '003, 004', score, 'optional', { actor: 'registry' }),
    named('tier.changed', '分级变动', 'A subject changed its tier', '003, 004', score, 'optional', {
      actor: 'registry',
    }),
    named('risk.alert_raised', '风险预警', 'An alert was raised', '003, 004', alert, 'free', upon),
    named('risk.alert_assigned', '预警交办', 'The office gave an alert to a unit', '003, 004', assignment, 'free', {
      actor: 'office',
      concerns: 'unit',
    }),
    named('risk.disposed', '预警处置', 'An alert was disposed of', '003, 004', disposal, 'free', DISPOSAL),
    named(
      'risk.alert_disposed',
      '风险预警处置',
      'An alert was disposed of (the longer name)',
      '003, 004',
      disposal,
      'free',
      DISPOSAL,
    ),
  ],
};
