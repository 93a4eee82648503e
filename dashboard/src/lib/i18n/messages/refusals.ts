/** Why something about a quarter was not done (models/publication/refused-act.ts), and the way out. */
export const refusals = {
  'refusal.published_already': [
    '{quarter}已发布（第{number}次，{at}，{by}），不能重复发布；如需更改请发布更正。',
    '{quarter} is published already (number {number}, {at}, by {by}); publish a correction instead.',
  ],
  'refusal.period_not_kept': [
    '{quarter}不能在评分办法{ruleset}下告知或发布：该办法按{periods}发布。只计比率、不计分的办法可以在 periods 中加上月份和年度。',
    '{quarter} cannot be shown or published under the rule set {ruleset}, which is published by {periods}. One without points may name months and years in its periods.',
  ],
  'refusal.period.month': ['月', 'month'],
  'refusal.period.quarter': ['季度', 'quarter'],
  'refusal.period.year': ['年', 'year'],
  'refusal.before_cutoff': [
    '{quarter}尚不能发布：{until}（含）前发生的事项仍计入，{from}起可以发布。',
    '{quarter} cannot be published yet: events count up to {until}. Publish it on {from} or later.',
  ],
  'refusal.cutoff_unknown': [
    '{quarter}尚不能发布：统计截止日在{year}年，而{year}年的放假安排还没有载入。请先载入放假安排。',
    '{quarter} cannot be published yet: its cut-off lies in {year}, which has no holiday notice. Load the notice first.',
  ],
  'refusal.window_open': [
    '{quarter}尚不能发布：评分草稿于{shown}告知，异议期至{until}，{from}起可以发布。',
    '{quarter} cannot be published yet: its draft was shown on {shown} and units may object up to {until}. Publish it on {from} or later.',
  ],
  'refusal.objections_open': [
    '{quarter}还有{n}件异议没有答复。请先答复，或者写明为什么仍要发布（写入发布记录）。',
    '{quarter} has {n} unanswered objections. Answer them, or say why it is published all the same; the reason stands in the record.',
  ],
  'refusal.despite_reason': ['请写明为什么仍要发布。', 'Say why it is published all the same.'],
  'refusal.correction_reason': [
    '更正必须写明理由，理由写入发布记录。',
    'A correction needs its reason, which stands in the record.',
  ],
  'refusal.numbers_in_reason': [
    '理由中有个人的电话号码或身份证号。理由永久写入发布记录，请删去后再提交。',
    'The reason holds a telephone or id number of a person. It stands in the record for ever, so write it without.',
  ],
  'refusal.not_published': [
    '{quarter}在此评分办法下尚未发布，没有可以更正的内容。',
    '{quarter} is not published under this rule set; there is nothing to correct.',
  ],
  'refusal.nothing_differs': [
    '没有变化：按目前已记录的事项重新计算，{quarter}的结果与第{number}次发布（{at}）完全相同，无须更正。',
    'Nothing differs: what is recorded by now gives {quarter} the figures of its publication number {number} ({at}). There is nothing to correct.',
  ],
  'refusal.cannot_score': ['{quarter}无法计算：{problem}', '{quarter} cannot be scored: {problem}'],
  'refusal.log_restless': [
    '正在大量导入数据，暂时无法定格。请在导入结束后再试。',
    'Events are recorded faster than they can be counted. Try again when the import has ended.',
  ],
  'refusal.chain_unreadable': [
    '发布链中有一条记录（{id}）无法读取：{problem}。在核验并查明原因之前不能继续发布。',
    'Publication {id} of the chain cannot be read: {problem}. Verify the chain before publishing anything.',
  ],
  'refusal.event_refused': ['未能记录（{reason}）：{detail}', 'It was refused ({reason}): {detail}'],
  'refusal.not_stored_yet': [
    '已交给事件队列，但还没有入库：没有处理程序在工作。请联系系统管理员查看运行状态，入库后会出现在发布链中。',
    'It was handed to the event log and is not stored yet, because no worker takes it. Ask the administrator; it appears in the chain once stored.',
  ],
  'refusal.at_the_same_moment': [
    '同一时刻有他人做了同样的操作，请刷新后查看。',
    'Somebody else did the same at the same moment. Reload and look.',
  ],
  'refusal.quarter_runs': [
    '{quarter}到{until}才结束，次日起可以告知草稿。',
    '{quarter} runs until {until}; its draft can be shown from the day after.',
  ],
  'refusal.not_own_unit': [
    '只能对本单位的评分提出或撤回异议，不能代替{unit}。',
    'A unit objects to its own score only, not to that of {unit}.',
  ],
  'refusal.unknown_unit': ['此评分办法没有单位“{unit}”。', 'The rule set has no unit {unit}.'],
  'refusal.grounds_missing': ['请写明异议理由。', 'An objection needs its grounds.'],
  'refusal.draft_not_shown': [
    '{quarter}的评分草稿还没有告知，异议期尚未开始。',
    'The draft of {quarter} was not shown yet, so no window is open.',
  ],
  'refusal.window_ended': [
    '{quarter}的异议期已于{until}截止（草稿{shown}告知），不能再提出异议；可以联系联席会议办公室。',
    'The window for objections to {quarter} ended on {until} (draft shown on {shown}). Contact the office.',
  ],
  'refusal.unknown_item': ['{unit}没有评分项“{item}”。', '{unit} has no item {item}.'],
  'refusal.unknown_row': [
    '失分明细里没有“{key}”这一条，可能数据已更新。请刷新后重新选择。',
    'No lost row has the key {key}; the data may have changed. Reload and choose again.',
  ],
  'refusal.unknown_outcome': ['请选择处理结果。', 'Choose an outcome.'],
  'refusal.answer_reason': ['答复必须写明理由。', 'An answer needs its reason.'],
  'refusal.unknown_objection': ['没有编号为{id}的异议。', 'There is no objection {id}.'],
  'refusal.objection_not_open': [
    '异议{id}已经办结或不予受理（{state}），不能再处理。',
    'The objection {id} is no longer open ({state}).',
  ],
  'refusal.other': ['未能完成：{detail}', 'It was not done: {detail}'],
  'refusal.failed': [
    '处理时出错，错误已记入日志（编号{id}）。已发布的内容不受影响，请稍后重试；若仍然出错，请把编号告诉系统管理员。',
    'It failed; the error has been logged ({id}). What was published is not touched. Try again; if it fails again, give the administrator the number.',
  ],
} as const;
