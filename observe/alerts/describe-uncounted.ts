import type { EventsUncounted } from './alert.ts';
import type { AlertText } from './describe-alert.ts';
import type { Language } from './format-duration.ts';

/** What each kind is about, and what to do: [zh, en]. */
const WORDS: Record<EventsUncounted['kind'], { what: [string, string]; todo: [string, string] }> = {
  unknown_unit: {
    what: ['所属单位不在评分规则内', 'belong to a unit that the rule set does not know'],
    todo: [
      '请核对单位代码（大小写也须一致）：报送有误的，请报送单位更正后重报并作废原事件；确为成员单位的，请补入评分规则。',
      'Check the unit id (upper and lower case matter): if it is wrong, have the events sent again and the wrong ones voided; if it is a member, add it to the rule set.',
    ],
  },
  unknown_push: {
    what: ['所指推送未曾收到', 'speak of a push that nobody pushed'],
    todo: [
      '请登记机关补报该推送（推送编号须一致）；补到后自动计入。',
      'Ask the registration office to send the push (with the same push_id); they count by themselves then.',
    ],
  },
  unknown_task: {
    what: ['所指抽查任务未曾建立', 'speak of a task that nobody created'],
    todo: [
      '请牵头单位补报该任务（任务编号须一致）；补到后自动计入。',
      'Ask the leading unit to send the task (with the same task_id); they count by themselves then.',
    ],
  },
  unknown_item: {
    what: ['所评指标不接受酌情评分', 'award marks for an item that takes none'],
    todo: ['请核对指标代码，作废后重新评分。', 'Check the id of the item, void the mark and award it again.'],
  },
  unknown_event: {
    what: ['要作废的事件不存在', 'void an event that does not exist'],
    todo: [
      '请核对 event_source 与 event_id；原事件补到后作废自动生效。',
      'Check event_source and event_id; the void takes effect by itself when that event comes.',
    ],
  },
};

export function describeUncounted(
  alert: EventsUncounted,
  language: Language,
  moment: (iso: string) => string,
): AlertText {
  const { kind, n, values, value, since, example } = alert;
  const { what, todo } = WORDS[kind];
  const count = (number: number) => new Intl.NumberFormat(language).format(number);
  const place = language === 'en' ? 1 : 0;
  const more = values - 1;
  return {
    what:
      language === 'en'
        ? `${count(n)} ${n === 1 ? 'event' : 'events'} (since ${moment(since)}) ${what[1]} and ${n === 1 ? 'is' : 'are'} counted nowhere: ${value}${more > 0 ? ` and ${count(more)} more` : ''}.`
        : `${count(n)} 条事件${what[0]}，未计入任何得分：${value}${more > 0 ? ` 等 ${count(values)} 个` : ''}（自 ${moment(since)} 起）。`,
    why:
      language === 'en'
        ? `For example the event ${example.id} of ${example.source}.`
        : `例如系统 ${example.source} 的事件 ${example.id}。`,
    todo: todo[place]!,
  };
}
