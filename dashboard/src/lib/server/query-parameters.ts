/** What each query parameter of the pages and data routes may be; it means the same on all of them. */
import { isAreaCode } from '@hengjian/contract/schema/area-code.ts';
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import { isUnitId } from '@hengjian/contract/schema/formats.ts';
import { areaMeasures } from '@hengjian/models/queries/heat-area-industry.ts';
import { heatIndicators } from '@hengjian/models/queries/heat-indicators.ts';
import { accessOutcomes, CURSOR } from '#accounts/access-log-rows.ts';
import { streamRanges } from '#lib/stream/stream-range.ts';

interface Parameter {
  fits: (value: string) => boolean;
  is: string;
}

const oneOf = (values: readonly string[]): Parameter => ({
  fits: (value) => values.includes(value),
  is: `one of ${values.join(', ')}`,
});
const name: Parameter = {
  fits: (value) => /^[\w.:-]{1,64}$/.test(value),
  is: 'a name of 1–64 letters, digits and . _ : -',
};

const PARAMETERS: Record<string, Parameter> = {
  quarter: { fits: (value) => /^\d{4}(Q[1-4]|-(0[1-9]|1[0-2]))?$/.test(value), is: 'a quarter like 2025Q2' },
  week: { fits: isCalendarDay, is: 'a Monday written YYYY-MM-DD' },
  unit: { fits: isUnitId, is: 'a unit id' },
  area: { fits: isAreaCode, is: 'an area code' },
  industry: { fits: (value) => /^[A-Z]?\d{0,4}$/.test(value), is: 'a section letter of GB/T 4754' },
  indicator: oneOf(heatIndicators.map(({ id }) => id)),
  measure: oneOf(areaMeasures),
  mode: oneOf(['rate', 'count']),
  year: { fits: (value) => /^20\d\d$/.test(value), is: 'a year like 2025' },
  number: { fits: (value) => /^[1-9]\d{0,6}$/.test(value), is: 'the number of a publication, from 1' },
  stage: oneOf(['claim', 'feedback']),
  dir: oneOf(['ascending', 'descending']),
  range: oneOf(Object.keys(streamRanges)),
  at: { fits: (value) => /^\d{1,15}$/.test(value), is: 'a time in milliseconds since 1970' },
  page: { fits: (value) => /^[1-9]\d{0,6}$/.test(value), is: 'a page number from 1' },
  account: { fits: (value) => /^\s*[\p{L}\p{N}._: -]{1,70}\s*$/u.test(value), is: 'the name of an account' },
  route: { fits: (value) => /^\/[\w.[\]/-]{0,128}$/.test(value), is: 'a route like /units/[unit]' },
  day: { fits: isCalendarDay, is: 'a day written YYYY-MM-DD' },
  outcome: oneOf(accessOutcomes),
  exports: oneOf(['1']),
  before: { fits: (value) => CURSOR.test(value), is: 'where a page of the log ended' },
  kind: name,
  sort: name,
  reason: name,
};

export interface WrongParameter {
  name: string;
  value: string;
  /** What it should be, as the end of a sentence. */
  is: string;
}

/** The first parameter that cannot be; one that is empty counts as absent, as forms send it, and unknown ones mean nothing. */
export function wrongParameter(params: URLSearchParams): WrongParameter | undefined {
  for (const [name, value] of params) {
    const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    if (parameter && value !== '' && !parameter.fits(value))
      return { name, value: value.slice(0, 40), is: parameter.is };
  }
  return undefined;
}
