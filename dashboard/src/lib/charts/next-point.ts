import type { ChartPoint } from './built-chart.ts';

/**
 * The point an arrow key leads to: the nearest one in that direction, straight ahead before aside.
 * Home and End lead to the first and last; without a present point every arrow starts at the first.
 * Undefined for other keys and at the edge.
 */
export function nextPoint(points: ChartPoint[], from: ChartPoint | undefined, key: string): ChartPoint | undefined {
  const ordered = [...points].sort((a, b) => a.row - b.row || a.column - b.column);
  if (key === 'Home') return ordered[0];
  if (key === 'End') return ordered.at(-1);
  const direction = directions[key];
  if (!direction) return undefined;
  if (!from) return ordered[0];
  const [dx, dy] = direction;
  let best: ChartPoint | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const point of ordered) {
    const ahead = (point.column - from.column) * dx + (point.row - from.row) * dy;
    if (ahead <= 0) continue;
    const aside = Math.abs((point.column - from.column) * dy) + Math.abs((point.row - from.row) * dx);
    const distance = ahead + 1000 * aside;
    if (distance < least) {
      least = distance;
      best = point;
    }
  }
  return best;
}

const directions: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
