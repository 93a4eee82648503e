/** Why a step of a draw was refused, and what to do. */
export const drawProblems = {
  'draws.wrong.unit': ['请选择部门。', 'Choose a unit.'],
  'draws.wrong.year': ['年度应为 20 开头的四位数字。', 'The year must be four digits beginning with 20.'],
  'draws.wrong.plan': ['请填写计划编号（128 字以内）。', 'Enter the number of the plan (at most 128 characters).'],
  'draws.wrong.task': ['请填写任务编号（128 字以内）。', 'Enter the number of the task (at most 128 characters).'],
  'draws.wrong.lead': ['请选择具有行政检查权的牵头部门。', 'Choose a leading unit that has inspection power.'],
  'draws.wrong.known': [
    '任务编号 {task} 已存在，请换一个编号或在上面选定它。',
    'The task {task} exists; choose another number, or take it above.',
  ],
  'draws.wrong.team': ['每组人数应为 2 至 20 人。', 'A team has 2 to 20 inspectors.'],
  'draws.wrong.reason': ['调整必须写明原因和批准人。', 'A change needs a reason and an approver.'],
  'draws.wrong.publish': [
    '请勾选已录入结果、尚未公示的对象。',
    'Tick subjects whose results were entered and are not published.',
  ],
  'draws.unknown': ['没有任务 {task}，或者您无权查看。', 'There is no task {task}, or you may not see it.'],
  'draws.unknown.way_out': ['请从任务列表中选择。', 'Choose one from the list.'],
  'draws.problem.other': ['系统未能办理：{detail}', 'It could not be done: {detail}'],
  'draws.problem.untiered': [
    '有 {subjects} 户尚未分级，而任何对象都不免抽；请在“未分级视为”中指定等级，例如 B。',
    '{subjects} subjects have no tier, and nobody is exempt; say what they count as, for example B.',
  ],
  'draws.problem.limit_reached': [
    '任务 {task} 作出承诺之后，另一任务抽中了名录中的 {subjects} 户（{names}），已达频次限制；请填写原因和批准人重新作出承诺，原承诺永久可见。',
    'Since {task} was committed to, another task drew {subjects} of its frame ({names}) and took them to their limit; commit again with a reason and an approver, the first commitment stays visible.',
  ],
  'draws.problem.tier_sources': [
    '对象有多个来源的等级（{sources}），不得混用；请在“等级来源”中选定一个。',
    'Several sources classify the subjects ({sources}), and a draw must not mix them; choose one under “Whose tiers”.',
  ],
  'draws.problem.unknown_tier_source': [
    '范围内的对象没有来源 {source} 的等级；请在“等级来源”中改选：{sources}。',
    'No subject of the frame has a tier of {source}; choose another under “Whose tiers”: {sources}.',
  ],
  'draws.problem.no_participant': [
    '{department} 不是任务 {task} 的参与部门，请另选执行部门。',
    '{department} does not take part in task {task}; choose another department.',
  ],
  'draws.problem.no_power': [
    '{department} 没有行政检查权，请另选执行部门。',
    '{department} has no inspection power; choose another department.',
  ],
  'draws.problem.redraw': [
    '任务 {task} 已经作出承诺；再次抽取须填写原因和批准人。',
    'Task {task} was committed to; a further attempt needs a reason and an approver.',
  ],
  'draws.problem.numbers_in_reason': [
    '原因中有个人的电话号码或身份证号。原因永久写入公开的抽取方案，请删去后再提交。',
    'The reason holds a telephone or id number of a person. It stands in the public plan for ever, so write it without.',
  ],
  'draws.problem.all_excluded': [
    '任务 {task} 的对象全部不参加抽取，请放宽范围或频次限制。',
    'All subjects of {task} are left out; widen the frame or the limits.',
  ],
  'draws.problem.empty_frame': [
    '所选区域和行业中没有登记的对象，请放宽范围。',
    'No registered subject is in these areas and industries; widen the frame.',
  ],
  'draws.problem.unknown_tier': [
    '名录中有 {tier} 级，请给出它的抽取比例。',
    'The frame has tier {tier}; give it a ratio.',
  ],
  'draws.problem.n_too_large': [
    '总数 {n} 超过可抽取的 {rows} 户，请减少总数或放宽范围。',
    'The total {n} exceeds the {rows} eligible; lower it, or widen the frame.',
  ],
  'draws.problem.too_many': [
    '本方案将抽取 {drawn} 户，一次抽取最多 {most} 户，请减少总数或比例，或分区域建立多个任务。',
    'The plan draws {drawn} subjects, and one draw may have {most}; lower the total or the ratios, or draw by areas in several tasks.',
  ],
  'draws.problem.undecided': ['调整必须写明原因和批准人。', 'A change needs a reason and an approver.'],
  'draws.problem.tier_ratio': [
    '{tier} 级的比例应大于 0、不超过 100%：任何等级都不免抽。',
    'The ratio of tier {tier} must be above 0 and up to 100%: no tier is exempt.',
  ],
  'draws.problem.beacon_past': [
    '信标必须在承诺之后产生，请填写将来的时间。',
    'The beacon must come out after the commitment; enter a time ahead.',
  ],
  'draws.problem.beacon_name': [
    '请写明采用哪一个公共随机数（不含“/”），例如“双色球2026138期”。',
    'Say which public value is used, without “/”.',
  ],
  'draws.problem.beacon_early': [
    '预告的信标要到 {at} 才产生，请在此之后抽取。',
    'The announced beacon comes out at {at}; draw after that.',
  ],
  'draws.problem.beacon_empty': ['请填写 {name} 的结果。', 'Enter what came out as {name}.'],
  'draws.problem.beacon_json': [
    '粘贴的内容不是 JSON；请完整粘贴该轮数据，或只填签名。',
    'That is no JSON; paste the whole round, or its signature alone.',
  ],
  'draws.problem.beacon_round': [
    '这是第 {given} 轮，承诺预告的是第 {round} 轮。',
    'That is round {given}; the commitment announced round {round}.',
  ],
  'draws.problem.beacon_signature': [
    '签名不是 drand 网络对第 {round} 轮的签名，请核对后重新填写。',
    'That is not the network’s signature of round {round}; check it and enter it again.',
  ],
  'draws.problem.no_drand': [
    '未能从公共服务器取得该轮数据（可能没有外网，或尚未产生）；请人工填写签名。',
    'No public server could be reached, or the round is not out yet; enter the signature by hand.',
  ],
  'draws.problem.secret_form': [
    '秘密值应为 64 位十六进制数字，即作出承诺时显示的那一串。',
    'The secret is 64 hex digits: the one shown with the commitment.',
  ],
  'draws.problem.other_secret': [
    '秘密值与任务 {task} 的承诺不符，请填写作出承诺时显示的秘密值。',
    'That is not the secret of task {task}’s commitment.',
  ],
  'draws.problem.drawn_already': ['任务 {task} 已经抽取。', 'Task {task} is drawn.'],
  'draws.problem.reserve_used': [
    '{id} 所在单元的备选已用完；名额空缺，或说明原因重新抽取。',
    'The reserve of the cell of {id} is used up; the place stays empty, or the task is drawn again with a reason.',
  ],
  'draws.problem.not_drawn': ['{id} 不在现有名单中。', '{id} is not on the list as it stands.'],
  'draws.problem.day_form': ['检查日期“{day}”不正确。', 'The day “{day}” is not correct.'],
  'draws.problem.teams_infeasible': [
    '无法配齐检查人员：{subjects} 共需 {places} 个名额，而可以承担的只有 {able}。请补充人员、提高工作量上限，或减少每组人数。',
    'Not every team can be filled: {subjects} need {places} places, and only {able} can go. Add inspectors, raise their limits, or make teams smaller.',
  ],
  'draws.problem.nobody_left': [
    '没有其他人可以接替 {inspector}（{subject}）。请补充检查人员。',
    'Nobody else can take the place of {inspector} ({subject}); add inspectors.',
  ],
  'draws.problem.not_in_team': [
    '{inspector} 不在 {subject} 的检查组中。',
    '{inspector} is not in the team for {subject}.',
  ],
  'draws.problem.teams_drawn': [
    '任务 {task} 的检查人员已经抽取；个别调整请用“回避”。',
    'The inspectors of task {task} are drawn; single places are changed by a recusal.',
  ],
  'draws.problem.teams_missing': [
    '任务 {task} 还没有抽取检查人员。',
    'The inspectors of task {task} are not drawn yet.',
  ],
  'draws.problem.teams_from_files': [
    '任务 {task} 的检查人员由文件抽取，请用命令 draw recuse 办理回避。',
    'The teams of task {task} were drawn from files; use the command draw recuse.',
  ],
} as const;
