/** What travels beside the bytes of an event: never needed by foreign producers, who send none. */
import type { IHeaders } from 'kafkajs';
import type { Rejection } from '../check/rejection.ts';

/** Where a record was produced first, when a worker passed it on to the partition of its key. */
export interface FirstOrigin {
  part: number;
  pos: number;
  /** The record's timestamp: tells a recreated topic from the one before. */
  time: number;
}

const PASSED_ON = 'hengjian-passed-on';
const REFUSED = 'hengjian-refused';
const REQUEST = 'hengjian-request';

export const passedOnHeaders = ({ part, pos, time }: FirstOrigin): IHeaders => ({
  [PASSED_ON]: `${part}/${pos}/${time}`,
});

export function passedOnFrom(headers: IHeaders | undefined): FirstOrigin | undefined {
  const match = /^(\d{1,10})\/(\d{1,16})\/(-?\d{1,16})$/.exec(textOf(headers, PASSED_ON) ?? '');
  return match ? { part: Number(match[1]), pos: Number(match[2]), time: Number(match[3]) } : undefined;
}

/** The edge's own refusal (a source that the key may not send): the worker files it, and does not judge again. */
export const refusedHeaders = (refusal: Pick<Rejection, 'reason' | 'detail'>): IHeaders => ({
  [REFUSED]: JSON.stringify({ reason: refusal.reason, detail: refusal.detail }),
});

export function refusalIn(headers: IHeaders | undefined): Pick<Rejection, 'reason' | 'detail'> | undefined {
  const text = textOf(headers, REFUSED);
  if (text === undefined) return undefined;
  try {
    const { reason, detail } = JSON.parse(text) as Record<string, unknown>;
    if (typeof reason === 'string' && typeof detail === 'string')
      return { reason: reason as Rejection['reason'], detail };
  } catch {}
  return undefined;
}

export const requestHeaders = (request: string): IHeaders => ({ [REQUEST]: request });

export function requestIn(headers: IHeaders | undefined): string | undefined {
  const text = textOf(headers, REQUEST);
  return text && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined;
}

function textOf(headers: IHeaders | undefined, name: string): string | undefined {
  const value = headers?.[name];
  const one = Array.isArray(value) ? value[0] : value;
  return one === undefined ? undefined : one.toString();
}
