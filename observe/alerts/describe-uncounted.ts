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
  unknown_meeting: {
    what: ['所指会议未曾登记', 'speak of a meeting that nobody entered'],
    todo: [
      '请联席办补录该会议（会议编号须一致）；补到后出席自动计入。',
      'Ask the office to enter the meeting (with the same meeting_id); they count by themselves then.',
    ],
  },
  unknown_obligation: {
    what: ['所指材料报送要求未曾登记', 'hand in a material that nobody asked for'],
    todo: [
      '请联席办补录该报送要求（编号须一致）；补到后自动计入。',
      'Ask the office to enter what was due (with the same obligation_id); they count by themselves then.',
    ],
  },
  unknown_case: {
    what: ['所指联合惩戒案件未曾发起', 'speak of a joint punishment that nobody began'],
    todo: [
      '请发起单位补报该案件（案件编号须一致）；补到后自动计入。',
      'Ask the unit that began the case to send it (with the same case_id); they count by themselves then.',
    ],
  },
  unknown_objection: {
    what: ['所指异议未曾受理', 'answer an objection that nobody filed'],
    todo: [
      '请受理单位补报该异议（异议编号须一致）；补到后自动计入。',
      'Ask the unit that took it in to send the objection (with the same objection_id); they count by themselves then.',
    ],
  },
  unknown_alert: {
    what: ['所指风险预警未曾发出', 'dispose of an alert that nobody raised'],
    todo: [
      '请预警单位补报该预警（预警编号须一致）；补到后自动计入。',
      'Ask the unit that raised the alert to send it (with the same alert_id); they count by themselves then.',
    ],
  },
  unknown_record: {
    what: ['所指信息未曾录入', 'attach or publish a record that nobody entered'],
    todo: [
      '请核对文书号，或请录入单位补录该信息；补到后自动计入。',
      'Check the number of the document, or ask its unit to enter the record; they count by themselves then.',
    ],
  },
  unknown_trigger: {
    what: ['联动处置所依据的事件不存在', 'act on an event that does not exist'],
    todo: [
      '请核对 trigger_event_id（应为注销、吊销或查无下落事件的 id）；该事件补到后自动计入。',
      'Check trigger_event_id (the id of a cancellation, a revocation, or of a subject not found); they count by themselves when that event comes.',
    ],
  },
  unknown_subject: {
    what: ['所涉市场主体未曾登记（或推送）', 'are about subjects that nobody registered (or pushed to a unit)'],
    todo: [
      '年报请登记机关补报该主体的登记，告知请补报其推送（统一社会信用代码须一致）；补到后自动计入。',
      'Of annual reports, ask the registration office for the registration of the subject, of notices for its push (with the same USCC); they count by themselves then.',
    ],
  },
  after_cutoff: {
    what: ['是截止时间之后作出的酌情评分', 'are marks that were awarded after the cut-off of their quarter'],
    todo: [
      '酌情评分须在该季度截止之前作出；日期填错的，请作废后按实际时间重报，季度填错的，请作废后重新评分。',
      'A mark counts if it is awarded before the cut-off of its quarter: if its time is wrong, void it and send it with the right one; if its quarter is, void it and award it again.',
    ],
  },
  mark_invalid: {
    what: [
      '酌情评分无效（分值超出范围、缺少理由或批准人，或该单位不适用该指标）',
      'award marks that are not valid (points out of range, no reason or approver, or a unit that is not scored on the item)',
    ],
    todo: ['请核对后作废，重新评分。', 'Check the mark, void it and award it again.'],
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
        : `${count(n)} 条事件${what[0]}，未计入任何结果：${value}${more > 0 ? ` 等 ${count(values)} 个` : ''}（自 ${moment(since)} 起）。`,
    why:
      language === 'en'
        ? `For example the event ${example.id} of ${example.source}.`
        : `例如系统 ${example.source} 的事件 ${example.id}。`,
    todo: todo[place]!,
  };
}
