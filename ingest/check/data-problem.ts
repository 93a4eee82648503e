/** Turns what the schema has to say about `data` into a reason code and a sentence. */

import type { Reason } from '@hengjian/contract/reasons.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { FORMATS, type FormatName } from '@hengjian/contract/schema/formats.ts';
import { usccProblem } from '@hengjian/contract/schema/uscc.ts';
import type { TypeTerm } from './term.ts';

export interface DataProblem {
  reason: Reason;
  detail: string;
}

const FORMAT_REASONS: Record<Exclude<FormatName, 'uscc'>, Reason> = {
  day: 'day_form',
  quarter: 'quarter_form',
  period: 'quarter_form',
  industry: 'industry_code',
  unit: 'unit_id',
  area: 'region_code',
  written: 'blank_text',
};

/** The first problem of `data`; undefined if it fits the type. */
export function dataProblem(type: TypeTerm, data: Record<string, never>, limits?: RuleLimits): DataProblem | undefined {
  if (!type.fits(data)) return worded(type, data);
  return type.eventType.check?.(data, limits);
}

function worded(type: TypeTerm, data: unknown): DataProblem {
  const errors = type.errors(data);
  // A missing member says more than what else is wrong with the rest.
  const error = errors.find(({ keyword }) => keyword === 'required') ?? errors[0];
  if (!error) return { reason: 'wrong_type', detail: `data does not fit ${type.text}` };
  const path = `data${error.instancePath.replaceAll('/', '.')}`;
  const value = valueAt(data, error.instancePath);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
      return { reason: 'missing_member', detail: `${path}.${(params.requiredProperties as string[])[0]} is missing` };
    case 'enum':
      return {
        reason: typeof value === 'string' ? 'not_in_list' : 'wrong_type',
        detail: `${path} must be one of ${(params.allowedValues as string[]).join(', ')}, not ${shown(value)}`,
      };
    case 'format': {
      const format = params.format as FormatName;
      const reason = format === 'uscc' ? (usccProblem(String(value)) ?? 'uscc_form') : FORMAT_REASONS[format];
      return { reason, detail: `${path}: ${shown(value)} is no ${FORMATS[format].is}` };
    }
    case 'minimum':
    case 'maximum':
      return {
        reason: 'out_of_range',
        detail: `${path}: ${shown(value)} is ${error.keyword === 'minimum' ? 'below' : 'above'} ${params.limit}`,
      };
    case 'minLength':
    case 'maxLength':
      return {
        reason: 'text_length',
        detail: `${path} has ${error.keyword === 'minLength' ? 'fewer' : 'more'} than ${params.limit} characters`,
      };
    case 'type':
      return { reason: 'wrong_type', detail: `${path} must be of type ${params.type}, not ${shown(value)}` };
    default:
      return { reason: 'wrong_type', detail: `${path}: ${error.keyword}` };
  }
}

function valueAt(data: unknown, pointer: string): unknown {
  let value = data;
  for (const name of pointer.split('/').slice(1)) value = (value as Record<string, unknown> | undefined)?.[name];
  return value;
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}
