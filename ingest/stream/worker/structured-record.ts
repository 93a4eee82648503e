import { isJson, isJsonType, structuredEvent } from '../../check/structured-event.ts';
import type { LogRecord } from '../log/record-batches.ts';

const PREFIX = 'ce_';

/**
 * A record in binary mode (CloudEvents Kafka binding §3.2: attributes in `ce_*` headers, the value is `data`) as one in
 * structured mode; any other as it is. It stays the same record: place, key and our own headers are kept.
 */
export function structuredRecord(record: LogRecord): LogRecord {
  const { headers } = record;
  if (headers?.ce_specversion === undefined || record.unreadable) return record;
  const contentType = textOf(headers['content-type']);
  if (contentType.toLowerCase().startsWith('application/cloudevents')) return record;
  const attributes = Object.entries(headers)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [name.slice(PREFIX.length), textOf(value)] as const);
  const others = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(PREFIX)));
  const data = record.value ?? EMPTY;
  const json = isJsonType(contentType) && isJson(data);
  return { ...record, headers: others, value: structuredEvent(attributes, contentType, data, json) } as LogRecord;
}

const EMPTY = Buffer.alloc(0);
const textOf = (value: Buffer | string | (Buffer | string)[] | undefined): string =>
  (Array.isArray(value) ? value[0] : value)?.toString() ?? '';
