/** The same commands where frame and plan come from the warehouse. */
import type { CommandContext } from '@hengjian/warehouse';
import type { Command } from 'commander';
import { WHY_NOT } from '../assignment/describe-violation.ts';
import { proveUnit } from '../draw/prove-unit.ts';
import type { Proof } from '../draw/record-schema.ts';
import { lastExecuted } from '../draw/task/attempts.ts';
import { commitTaskDraw, type TaskCommitment } from '../draw/task/commit-task-draw.ts';
import { unitsWithPower } from '../draw/task/hold-power.ts';
import { replaceObject } from '../draw/task/replace-object.ts';
import { repeatTaskDraw } from '../draw/task/run-task-draw.ts';
import { storedFrameSource } from '../draw/task/stored-frame-source.ts';
import { loadIndicators } from '../risk/indicators/load-indicators.ts';
import { loadProject } from '../runner/project.ts';
import { type TaskOptions, taskRulesOf } from './draw-task-options.ts';
import { commitText } from './draw-text.ts';
import { withExpectedErrors } from './expected-errors.ts';
import type { Language } from './language.ts';
import { textTable } from './text-table.ts';
import { writeAsProduct } from './write-as-product.ts';

/** @throws DrawError as `commitTaskDraw` does */
export async function planTask(
  context: CommandContext,
  taskId: string,
  options: TaskOptions,
  secret: Buffer | undefined,
): Promise<TaskCommitment> {
  const rules = taskRulesOf(options);
  const { units } = loadProject(context.environment).ruleSet.data;
  const { reason, approver } = options;
  return commitTaskDraw(
    await context.warehouse('app'),
    writeAsProduct(context),
    taskId,
    { ...rules, lowestTier: loadIndicators(context.environment.dataDir).tiers[0] },
    unitsWithPower(units).map(({ id }) => id),
    { reason, approver },
    secret,
  );
}

/** The proof of one enterprise, from the frozen frame of the task's last draw. */
export async function proveTaskUnit(context: CommandContext, taskId: string, id: string): Promise<Proof> {
  const warehouse = await context.warehouse('app');
  const record = await repeatTaskDraw(warehouse, taskId);
  const attempt = (await lastExecuted(warehouse, taskId))!;
  return proveUnit(record, storedFrameSource(warehouse, attempt.frameId), id);
}

export function taskCommitText(commitment: TaskCommitment, language: Language): string {
  const head =
    language === 'zh'
      ? ['等级', '对象数', '不参加抽取', '可抽取', 'π', '期望数', '占全部对象']
      : ['tier', 'subjects', 'left out', 'eligible', 'π', 'expected', 'of all'];
  const rows = commitment.preview.map(({ tier, subjects, excluded, eligible, pi, expected, overall }) => [
    tier,
    String(subjects),
    Object.entries(excluded)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', '),
    String(eligible),
    pi,
    expected,
    overall,
  ]);
  const { tier_source: from } = commitment.plan.rules as { tier_source: string };
  const source = language === 'zh' ? `等级来源：${from || '无'}` : `tiers of: ${from || 'nobody'}`;
  const align = ['left', 'right', 'left', 'right', 'right', 'right', 'right'] as const;
  return `${source}\n${textTable(head, rows, align)}\n\n${mergeText(commitment, language)}${commitText(commitment, language)}`;
}

function mergeText({ merges }: TaskCommitment, language: Language): string {
  if (merges.length === 0) return '';
  const zh = language === 'zh';
  const lead = zh
    ? '可合并检查的任务（进一次门查多项事；仅为建议，不影响抽取）：'
    : 'Tasks that could share visits (a suggestion: the draw depends on nothing of it):';
  const head = zh
    ? ['任务', '部门', '已抽中未检查', '同在名录']
    : ['task', 'unit', 'drawn, not visited', 'in both frames'];
  const rows = merges.map(({ task, title, unit, drawn, framed }) => [
    title && title !== task ? `${title} ${task}` : task,
    unit,
    String(drawn),
    String(framed),
  ]);
  return `${lead}\n${textTable(head, rows, ['left', 'left', 'right', 'right'])}\n\n`;
}

export function registerReplaceCommand(draw: Command, context: CommandContext): void {
  draw
    .command('replace')
    .description('somebody drawn cannot be inspected: the next of the reserve steps in, noted for ever')
    .requiredOption('--task <id>', 'the task')
    .requiredOption('--id <id>', 'who cannot be inspected')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--approver <name>', 'who decided')
    .option('--json', 'print JSON only')
    .action(
      ({
        task,
        id,
        reason,
        approver,
        json,
      }: Record<'task' | 'id' | 'reason' | 'approver', string> & { json?: boolean }) =>
        withExpectedErrors(async () => {
          const warehouse = await context.warehouse('app');
          const note = await replaceObject(warehouse, writeAsProduct(context), task, { from: id, reason, approver });
          const unfit = note.unfit.map(
            ({ inspector, why }) =>
              `${inspector} may not go there (${WHY_NOT[why]}); \`draw recuse\` draws that place again.\n`,
          );
          context.stdout.write(
            json ? `${JSON.stringify(note)}\n` : `${note.to} takes the place of ${note.from}.\n${unfit.join('')}`,
          );
        }),
    );
}
