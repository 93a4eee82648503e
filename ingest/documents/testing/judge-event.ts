/** For tests: what the checks and the AsyncAPI document say of one event. */
import type { Reason } from '@hengjian/contract/reasons.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { expect } from 'vitest';
import { EventChecker } from '../../check/event-checker.ts';
import { describeLog } from '../asyncapi.ts';
import { BEYOND_SCHEMA } from '../event-schemas.ts';
import { documentValidator } from './document-validator.ts';

const asyncapi = documentValidator(describeLog({ kafkaTopic: 'supervision.events' }));
const checker = new EventChecker(Date.now());

export const reasonFor = (value: unknown): Reason | undefined => {
  const bytes = Buffer.from(JSON.stringify(value));
  return checker.check(bytes, 0, bytes.length, true)?.reason;
};

/** What AsyncAPI says of an event, by the message of its type; a type without a message fits none. */
function misfits(value: Record<string, unknown>): string[] {
  const { type } = value;
  if (typeof type !== 'string' || !eventTypes.has(type)) return ['no message has this type'];
  return asyncapi.errors(`/components/schemas/${type}`, value);
}

/** The checks' yes is the documents' yes; their no is the documents' no, or a reason that the documents name. */
export function agree(value: Record<string, unknown>): 'good' | 'both say no' | 'beyond' {
  const reason = reasonFor(value);
  const errors = misfits(value);
  if (reason === undefined) {
    expect([value, errors]).toEqual([value, []]);
    return 'good';
  }
  if (errors.length > 0) return 'both say no';
  expect([value, BEYOND_SCHEMA]).toEqual([value, expect.arrayContaining([reason])]);
  return 'beyond';
}
