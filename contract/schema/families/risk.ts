import { AnyText, type EventFamily, Lenient, named } from '../event-type.ts';

const score = {
  model_version: Lenient(AnyText('the model')),
  tier: Lenient(AnyText('the tier')),
  reasons: 'reasons',
};
const alert = { alert_id: Lenient(AnyText('the alert')), topic: 'topic', area: 'area', industry: 'industry' };

export const risk: EventFamily = {
  family: 'risk',
  title: { zh: '风险分级与预警', en: 'Risk tiers and alerts' },
  types: [
    named('risk.scored', '风险评分', 'A subject was scored', '003, 004', score, 'optional', { actor: 'registry' }),
    named('tier.changed', '分级变动', 'A subject changed its tier', '003, 004', score, 'optional', {
      actor: 'registry',
    }),
    named('risk.alert_raised', '风险预警', 'An alert was raised', '003, 004', alert),
    named('risk.disposed', '风险处置', 'An alert was disposed of', '003, 004', alert),
    named('risk.alert_disposed', '预警处置', 'An alert was disposed of (the longer name)', '003, 004', alert),
  ],
};
