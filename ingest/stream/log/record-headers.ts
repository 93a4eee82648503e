/** What travels beside the bytes of an event: never needed by foreign producers, who send none. */

import { REASONS } from '@hengjian/contract/reasons.ts';
import type { IHeaders } from 'kafkajs';
import type { Rejection } from '../../check/rejection.ts';

/** Where the record is that a worker rerouted to the partition of its key: what the copy is a copy of. */
export interface FirstOrigin {
  part: number;
  pos: number;
  /** The record's timestamp: tells a recreated topic from the one before. */
  time: number;
}

export const HEADERS = {
  // The name on the wire is older than the word: logs hold records with it.
  rerouted: 'hengjian-passed-on',
  refused: 'hengjian-refused',
  request: 'hengjian-request',
  granted: 'hengjian-granted',
} as const;

export const reroutedHeaders = ({ part, pos, time }: FirstOrigin): IHeaders => ({
  [HEADERS.rerouted]: `${part}/${pos}/${time}`,
});

export function reroutedFrom(headers: IHeaders | undefined): FirstOrigin | undefined {
  const text = textOf(headers, HEADERS.rerouted);
  const match = text === undefined ? null : /^(\d{1,10})\/(\d{1,16})\/(-?\d{1,16})$/.exec(text);
  return match ? { part: Number(match[1]), pos: Number(match[2]), time: Number(match[3]) } : undefined;
}

/** What the edge refused, and the bytes it had: the worker files it, and does not judge again. */
export interface Refusal extends Rejection {
  size: number;
}

export const refusedHeaders = ({ reason, detail, source, id, type, size }: Refusal): IHeaders => ({
  [HEADERS.refused]: JSON.stringify({ reason, detail, source, id, type, size }),
});

export function refusalIn(headers: IHeaders | undefined): Refusal | undefined {
  const text = textOf(headers, HEADERS.refused);
  if (text === undefined) return undefined;
  try {
    const refusal = JSON.parse(text) as Record<keyof Refusal, unknown>;
    const texts = [refusal.reason, refusal.detail, refusal.source, refusal.id, refusal.type];
    // Foreign producers may send it too; what no edge writes is no verdict, and the record is judged like any other.
    const written = texts.every((one) => typeof one === 'string' && one.isWellFormed());
    const { reason, size } = refusal as Refusal;
    if (written && Object.hasOwn(REASONS, reason) && Number.isSafeInteger(size) && size >= 0) return refusal as Refusal;
  } catch {}
  return undefined;
}

/** The mark of an act of the product itself (grant-keys.ts). */
export const grantedHeaders = (mark: string): IHeaders => ({ [HEADERS.granted]: mark });

export const grantedIn = (headers: IHeaders | undefined): string | undefined => textOf(headers, HEADERS.granted);

export const requestHeaders = (request: string): IHeaders => ({ [HEADERS.request]: request });

export function requestIn(headers: IHeaders | undefined): string | undefined {
  const text = textOf(headers, HEADERS.request);
  return text && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined;
}

function textOf(headers: IHeaders | undefined, name: string): string | undefined {
  const value = headers?.[name];
  const one = Array.isArray(value) ? value[0] : value;
  // Kafka knows headers without a value.
  return one?.toString();
}
