/**
 * CloudEvents in binary mode: the attributes travel as headers, the payload is `data` alone. Both bindings (HTTP 1.0.2
 * §3.1, Kafka 1.0.2 §3.2) come here and are written as the structured event that all checks read.
 */
import { MAX_EVENT_BYTES } from '@hengjian/contract/limits.ts';
import { afterByteOrderMark } from './json-bytes.ts';
import { isTooDeep } from './nesting.ts';

/**
 * @param data the payload as it came
 * @param json the payload is known to be one JSON value, and stands verbatim; anything else stands as one text, which the check
 * refuses as such
 */
export function structuredEvent(
  attributes: readonly (readonly [name: string, value: string])[],
  contentType: string,
  data: Buffer,
  json: boolean,
): Buffer {
  // The JavaScript SDK says the content type in both ways over Kafka; by the binding it is the header's.
  const bytes = withoutMark(data);
  const own = contentType === '' ? attributes : attributes.filter(([name]) => name !== 'datacontenttype');
  const members = own.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  if (contentType !== '') members.push(`"datacontenttype":${JSON.stringify(contentType)}`);
  const head = Buffer.from(`{${members.join(',')}`);
  if (bytes.length === 0) return Buffer.concat([head, CLOSE]);
  const payload = json ? bytes : Buffer.from(JSON.stringify(bytes.toString('utf8')));
  return Buffer.concat([head, members.length > 0 ? DATA : FIRST_DATA, payload, CLOSE]);
}

/**
 * Only what is one JSON value may stand where a value belongs: anything else could bring members of its own. What is nested too
 * deep to be parsed is none; a byte order mark is no part of it. What is larger than an event may be is not parsed: whatever it is,
 * the check refuses it for its size.
 */
export function isJson(data: Buffer): boolean {
  if (isTooDeep(data)) return false;
  if (data.length > MAX_EVENT_BYTES) return true;
  try {
    JSON.parse(withoutMark(data).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

const withoutMark = (data: Buffer): Buffer => data.subarray(afterByteOrderMark(data, 0, data.length));

/** Whether payloads of this media type are JSON; without a type they are. */
export function isJsonType(contentType: string): boolean {
  const type = contentType.split(';', 1)[0]!.trim().toLowerCase();
  return type === '' || type === 'application/json' || type === 'text/json' || type.endsWith('+json');
}

const DATA = Buffer.from(',"data":');
const FIRST_DATA = Buffer.from('"data":');
const CLOSE = Buffer.from('}');
