import { Type } from 'typebox';
import type { RuleSetPart } from '../../ruleset/schema.ts';
import { decimal, type PartKind } from '../part-kind.ts';

type Step = readonly [from: number, points: number | string];
const stepsOf = (part: RuleSetPart) => part.steps as readonly Step[] | undefined;

export const kind: PartKind = {
  members: {
    /** [from this count on, points or the name of a number parameter]. */
    steps: Type.Optional(
      Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Union([Type.Number({ minimum: 0 }), Type.String()])]), {
        minItems: 2,
      }),
    ),
    /** At a count of zero an awarded mark gives the points. */
    mark_at_zero: Type.Optional(Type.Boolean()),
    /** Parameter that decides whether the highest step fills the whole item. */
    fills_item: Type.Optional(Type.Literal('joint.ge2')),
  },
  parameters: { 'joint.ge2': { type: 'choice', values: ['sub-part full', 'item full'] } },
  lost: ['mark_below_full'],
  problems(part, parameters) {
    const steps = stepsOf(part);
    if (!steps) return ['needs steps'];
    const problems: string[] = [];
    if (steps[0]![0] !== 0) problems.push('has steps that do not begin at 0');
    for (const [i, [from, points]] of steps.entries()) {
      if (i > 0 && from <= steps[i - 1]![0]) problems.push('has steps that do not rise');
      if (typeof points === 'string' && parameters[points]?.type !== 'number')
        problems.push(`names ${points}, which is no number parameter`);
      if (typeof points === 'number' && points > part.points!)
        problems.push(`has a step that exceeds its ${part.points} points`);
    }
    if (steps.at(-1)![1] !== part.points) problems.push(`must give its ${part.points} points at the last step`);
    if (part.mark_at_zero && !part.lost?.mark) problems.push('needs lost.mark');
    return problems;
  },
  options: (part, { parameters }) => ({
    steps: stepsOf(part)!.map(([from, points]) => [
      from,
      decimal(typeof points === 'number' ? points : Math.min(Number(parameters[points]), part.points!)),
    ]),
  }),
  takesMark: (part) => (part.mark_at_zero ? 'at_zero' : ''),
  fillsAt: (part, { parameters }) =>
    part.fills_item !== undefined && parameters[part.fills_item as string] === 'item full'
      ? stepsOf(part)!.at(-1)![0]
      : null,
};
