/** `balance`: where the events of a quarter went. */
import { type CommandContext, CommandError } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { type Balance, readBalances } from '../queries/read-balance.ts';
import { ruleSetIds } from '../ruleset/rule-set-ids.ts';
import { refreshModels } from '../runner/refresh-models.ts';
import { quarterOrError } from '../scoring/score-quarter.ts';
import { withExpectedErrors } from './expected-errors.ts';
import { type Language, languageOf } from './language.ts';
import { textTable } from './text-table.ts';

/** [zh, en] */
const WHY: Record<string, [string, string]> = {
  voided: ['已作废（或所指推送已作废）', 'voided, or of a voided push'],
  unknown_unit: ['单位不在评分规则内', 'of a unit that the rule set does not know'],
  unknown_push: ['所指推送未曾收到', 'of a push that nobody pushed'],
  unknown_task: ['所指任务未曾建立', 'of a task that nobody created'],
  unknown_item: ['指标不接受酌情评分', 'marks for an item that takes none'],
  unknown_event: ['要作废的事件不存在', 'voids of an event that does not exist'],
  unknown_meeting: ['所指会议未曾登记', 'of a meeting that nobody entered'],
  unknown_obligation: ['所指报送要求未曾登记', 'of a material that nobody asked for'],
  unknown_case: ['所指惩戒案件未曾发起', 'of a joint punishment that nobody began'],
  unknown_objection: ['所指异议未曾受理', 'of an objection that nobody filed'],
  unknown_alert: ['所指预警未曾发出', 'of an alert that nobody raised'],
  unknown_record: ['所指信息未曾录入', 'of a record that nobody entered'],
  unknown_trigger: ['联动处置所依据的事件不存在', 'act on an event that does not exist'],
  unknown_subject: ['所涉主体未曾登记（或推送）', 'about a subject that nobody registered (or pushed)'],
  after_cutoff: ['酌情评分晚于截止时间', 'marks that came after the cut-off'],
  mark_invalid: ['酌情评分无效', 'marks that are not valid'],
  superseded: ['已被后来的酌情评分取代', 'marks that a later one replaces'],
  not_required: ['未要求该单位', 'of a unit that was not asked'],
  member_missing: ['缺少评分所需内容', 'without the member that is read'],
  other_bucket: ['不属于应认领的推送', 'of pushes that never come due'],
  no_duty: ['单位无此职责', 'of a unit without the duty'],
  type_not_read: ['评分规则不采用此类事件', 'of a type that the rule set does not read'],
};

export function registerBalanceCommand(program: Command, context: CommandContext): void {
  program
    .command('balance')
    .description('where the events of a quarter went: counted, or why not')
    .argument('[quarter]', 'for example 2025Q2; by default every quarter with scores')
    .option('--json', 'print JSON only')
    .action((quarter: string | undefined, options: { json?: boolean }) =>
      withExpectedErrors(async () => {
        const id = quarter && quarterOrError(quarter).id;
        const warehouse = await context.warehouse('app');
        await refreshModels({ warehouse, environment: context.environment });
        const found = (await readBalances(warehouse, ruleSetIds(context.environment.ruleset)[0]!)).filter(
          (one) => id === undefined || one.quarter === id,
        );
        if (id && found.length === 0) throw new CommandError(`${id} has no scores, and so no balance of its events.`);
        context.stdout.write(
          options.json
            ? `${JSON.stringify(id ? found[0] : found)}\n`
            : found.map((one) => text(one, languageOf())).join('\n'),
        );
      }),
    );
}

function text({ quarter, events, counted, not_counted }: Balance, language: Language): string {
  const [zh, en] = [language === 'zh', language !== 'zh'];
  const count = (n: number) => n.toLocaleString('en');
  const rows = not_counted.map(({ why, type, events: n }) => [WHY[why]?.[en ? 1 : 0] ?? why, type, count(n)]);
  const head = zh
    ? `${quarter}：事件 ${count(events)} 条，计入 ${count(counted)} 条，不计入 ${count(events - counted)} 条`
    : `${quarter}: ${count(events)} events, ${count(counted)} counted, ${count(events - counted)} not`;
  if (rows.length === 0) return `${head}\n`;
  return `${head}\n${textTable(zh ? ['原因', '类型', '条数'] : ['why not', 'type', 'events'], rows, ['left', 'left', 'right'])}\n`;
}
