import type { Scope } from '@hengjian/contract/scope.ts';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { industrySection } from '../../risk/maps/industry-section.ts';
import type { Statement } from '../statement.ts';
import { taskCondition } from './draw-scope.ts';

export interface RegisteredPlaces {
  /** Area codes and industry sections in which subjects are registered. */
  areas: string[];
  industries: string[];
}

/** What a frame can be narrowed to. */
export function registeredPlaces(scope: Scope): Statement<RegisteredPlaces> {
  const seen = taskCondition(scope, '[]');
  return {
    sql: `SELECT arraySort(groupUniqArrayIf(CAST(region AS String), region != '')) AS areas,
  arraySort(arrayFilter(section -> section != '', groupUniqArray(${industrySection("JSONExtractString(facts, 'industry')")}))) AS industries
FROM ${READABLE_EVENTS} AS e WHERE type = 'entity.registered' AND ${seen.sql}`,
    params: seen.params,
  };
}
