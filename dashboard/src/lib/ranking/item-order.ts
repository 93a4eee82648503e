import type { Scores } from '@hengjian/models/queries/read-scores.ts';
import { items as names } from '../i18n/messages/items.ts';

export interface ItemColumn {
  item: string;
  /** Weight before reallocation: a unit that carries the weight of duties it lacks has more. */
  weight: number;
}

/** The columns of the matrix: known items in the order of the score table, others after them by id. */
export function itemColumns(scores: Scores): ItemColumn[] {
  const known = Object.keys(names).map((key) => key.split('.')[1] ?? '');
  const place = (item: string) => (known.includes(item) ? known.indexOf(item) : known.length);
  const weights = new Map<string, number>();
  for (const { items } of scores.units) {
    for (const { item, weight } of items) weights.set(item, Math.min(weight, weights.get(item) ?? weight));
  }
  return [...weights]
    .map(([item, weight]) => ({ item, weight }))
    .sort((a, b) => place(a.item) - place(b.item) || a.item.localeCompare(b.item));
}
