/** Time of the charts that count by steps of minutes. */

const MINUTE_MS = 60_000;
/** The pages tell the time of Asia/Shanghai (no daylight saving since 1991) wherever the reader's machine stands. */
const SHANGHAI_MS = 8 * 3_600_000;

export interface MinuteSteps {
  /** Epoch milliseconds: start of the first step, end of the last. */
  from: number;
  to: number;
  /** Length of a step, minutes. */
  step: number;
}

/** Length of a step, milliseconds. */
export const stepLength = ({ step }: Pick<MinuteSteps, 'step'>): number => step * MINUTE_MS;

/** Number of the step that starts at `at`; the first is 0. */
export const stepIndex = (at: number, steps: MinuteSteps): number => Math.round((at - steps.from) / stepLength(steps));

/** `2026-01-01T10:00` in Asia/Shanghai. */
export const wallClock = (at: number): string => new Date(at + SHANGHAI_MS).toISOString().slice(0, 16);

/** `10:00` in Asia/Shanghai. */
export const clockTime = (at: number): string => wallClock(at).slice(11);

/** The x channel of Vega-Lite: a band for each step, whether anything happened or not, by the field `start` (wallClock). */
export function minuteAxis(steps: MinuteSteps, width: number) {
  const { from, to } = steps;
  const length = stepLength(steps);
  const starts = Array.from({ length: Math.ceil((to - from) / length) }, (_, index) =>
    wallClock(from + index * length),
  );
  const every = Math.ceil(starts.length / (width < 520 ? 5 : 12));
  return {
    field: 'start',
    type: 'ordinal',
    scale: { domain: starts, paddingInner: 0.1 },
    axis: {
      title: null,
      values: starts.filter((_, index) => index % every === 0),
      labelExpr: 'slice(datum.value, 11)',
      labelAngle: 0,
      ticks: false,
    },
  };
}
