import type { ChartPoint } from './built-chart.ts';

/**
 * The point a key leads to: left and right step through all points in reading order (so each can be reached),
 * up and down go to the nearest column of the next row that has points, Home and End to the first and last.
 * Without a present point every key starts at the first. Undefined for other keys and at the edge.
 */
export function nextPoint(points: ChartPoint[], from: ChartPoint | undefined, key: string): ChartPoint | undefined {
  const ordered = [...points].sort((a, b) => a.row - b.row || a.column - b.column);
  if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key)) return undefined;
  if (key === 'End') return ordered.at(-1);
  if (key === 'Home' || !from) return ordered[0];
  if (key === 'ArrowUp' || key === 'ArrowDown') return inNextRow(ordered, from, key === 'ArrowDown' ? 1 : -1);
  return ordered[ordered.findIndex((point) => point.key === from.key) + (key === 'ArrowRight' ? 1 : -1)];
}

function inNextRow(points: ChartPoint[], from: ChartPoint, direction: 1 | -1): ChartPoint | undefined {
  const away = (point: ChartPoint) => (point.row - from.row) * direction;
  const nearest = Math.min(...points.map(away).filter((distance) => distance > 0));
  const aside = (point: ChartPoint) => Math.abs(point.column - from.column);
  return points.filter((point) => away(point) === nearest).sort((a, b) => aside(a) - aside(b))[0];
}
