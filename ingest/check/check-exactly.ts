/** The rules of contract §1 and §2, one after the other, on the parsed event. The fast path only repeats their yes. */
import { isUtf8 } from 'node:buffer';
import { MAX_DEPTH, MAX_EVENT_BYTES } from '@hengjian/contract/limits.ts';
import type { Reason } from '@hengjian/contract/reasons.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { isAreaCode } from '@hengjian/contract/schema/area-code.ts';
import { isUnitId } from '@hengjian/contract/schema/formats.ts';
import { usccProblem } from '@hengjian/contract/schema/uscc.ts';
import { dataProblem } from './data-problem.ts';
import type { EventFields } from './event-fields.ts';
import { fillFacts } from './fill-facts.ts';
import { countMembers, type Member, measure, membersOf, textFault } from './json-members.ts';
import { EARLIEST_MICROS, latestMicros } from './legal-clock.ts';
import type { Rejection } from './rejection.ts';
import { isSourceUri } from './source-uri.ts';
import { makeTerm, NO_TERM, type Terms, type TypeTerm, typeTerms } from './term.ts';
import { type TimestampProblem, TimestampReader } from './timestamp.ts';

const ENVELOPE = new Set(['specversion', 'id', 'source', 'type', 'time', 'department', 'region', 'subject', 'data']);
const clock = new TimestampReader();

class Refused {
  readonly reason: Reason;
  readonly detail: string;
  constructor(reason: Reason, detail: string) {
    this.reason = reason;
    this.detail = detail;
  }
}

/**
 * Checks one event, given as JSON in UTF-8.
 * @returns undefined when it is good, with `into` filled; else why not.
 */
export function checkExactly(
  line: Uint8Array,
  nowMs: number,
  terms: Terms,
  into: EventFields,
  limits?: RuleLimits,
): Rejection | undefined {
  const known = { source: '', id: '', type: '' };
  const refused = fill(line, nowMs, terms, into, known, limits);
  return refused && { reason: refused.reason, detail: refused.detail, ...known };
}

interface Parsed {
  json: string;
  event: Record<string, unknown>;
  members: Member[];
}

interface Envelope {
  id: string;
  source: string;
  type: TypeTerm;
  department: string;
  region: string | undefined;
  subject: string;
  time: { micros: number; offsetMinutes: number };
}

/** @param known is told what can be said of the event, also where it is refused */
function fill(
  line: Uint8Array,
  nowMs: number,
  terms: Terms,
  into: EventFields,
  known: { source: string; id: string; type: string },
  limits: RuleLimits | undefined,
): Refused | undefined {
  const parsed = parse(line, known);
  if (parsed instanceof Refused) return parsed;
  const envelope = readEnvelope(parsed.event, nowMs);
  if (envelope instanceof Refused) return envelope;
  const { data } = parsed.event;
  if (data === undefined || data === null) return new Refused('missing_member', 'data is missing');
  if (typeof data !== 'object' || Array.isArray(data))
    return new Refused('wrong_type', `data must be an object, not ${typeName(data)}`);
  const problem = dataProblem(envelope.type, data as Record<string, never>, limits);
  if (problem) return new Refused(problem.reason, problem.detail);
  store(into, terms, parsed, envelope, data as Record<string, unknown>);
  return undefined;
}

function parse(line: Uint8Array, known: { source: string; id: string; type: string }): Parsed | Refused {
  if (line.length > MAX_EVENT_BYTES)
    return new Refused('too_large', `${line.length} bytes; at most ${MAX_EVENT_BYTES}`);
  if (!isUtf8(line)) return new Refused('utf8', 'the bytes are not UTF-8; save the file as UTF-8');
  const json = Buffer.from(line.buffer, line.byteOffset, line.length).toString('utf8');
  const { depth, members: written } = measure(json);
  if (depth > MAX_DEPTH) return new Refused('too_deep', `${depth} levels; at most ${MAX_DEPTH}`);
  let event: Record<string, unknown>;
  try {
    event = JSON.parse(json);
  } catch (error) {
    return new Refused('json_syntax', error instanceof Error ? error.message.slice(0, 200) : String(error));
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return new Refused('not_an_object', `a JSON object is expected, not ${typeName(event)}`);
  for (const name of ['source', 'id', 'type'] as const) {
    const value = event[name];
    if (typeof value === 'string') known[name] = value.slice(0, 256).toWellFormed();
  }
  const fault = textFault(event);
  if (fault)
    return new Refused(fault, fault === 'nul_character' ? 'U+0000 in a text' : 'half a surrogate pair in a text');
  const members = membersOf(json);
  if (countMembers(event) !== written) return new Refused('duplicate_member', repeated(members));
  return { json, event, members };
}

function textOf(event: Record<string, unknown>, name: string): string | Refused {
  const value = event[name];
  if (value === undefined || value === null) return new Refused('missing_member', `${name} is missing`);
  return typeof value === 'string'
    ? value
    : new Refused('wrong_type', `${name} must be a string, not ${typeName(value)}`);
}

function readEnvelope(event: Record<string, unknown>, nowMs: number): Envelope | Refused {
  const specversion = textOf(event, 'specversion');
  if (specversion instanceof Refused) return specversion;
  if (specversion !== '1.0')
    return new Refused('specversion', `specversion must be "1.0", not ${JSON.stringify(specversion.slice(0, 40))}`);

  const id = textOf(event, 'id');
  if (id instanceof Refused) return id;
  const length = [...id.slice(0, 130)].length;
  if (length < 1 || length > 64)
    return new Refused('id_length', `id has ${length > 64 ? 'more than 64' : 'no'} characters`);

  const source = textOf(event, 'source');
  if (source instanceof Refused) return source;
  if (!isSourceUri(source)) return new Refused('source_uri', `source ${quote(source)} is not a URI reference`);

  const type = textOf(event, 'type');
  if (type instanceof Refused) return type;
  const typeTerm = typeTerms.get(type);
  if (!typeTerm) return new Refused('unknown_type', `there is no type ${quote(type)}`);

  const time = readTime(textOf(event, 'time'), nowMs);
  if (time instanceof Refused) return time;

  const department = textOf(event, 'department');
  if (department instanceof Refused) return department;
  if (!isUnitId(department)) return new Refused('department_form', `department ${quote(department)} is not a unit id`);

  const region = event.region ?? undefined;
  if (region !== undefined && typeof region !== 'string')
    return new Refused('wrong_type', `region must be a string, not ${typeName(region)}`);
  if (region !== undefined && !isAreaCode(region))
    return new Refused('region_code', `region ${quote(region)} is not an area code`);

  const subject = subjectOf(event.subject, typeTerm.eventType.subject);
  if (subject instanceof Refused) return subject;

  return { id, source, type: typeTerm, department, region, subject, time };
}

function readTime(time: string | Refused, nowMs: number): Envelope['time'] | Refused {
  if (time instanceof Refused) return time;
  const timeBytes = Buffer.from(time, 'utf8');
  const timeProblem = clock.read(timeBytes, 0, timeBytes.length);
  if (timeProblem) return new Refused(timeProblem, `time ${quote(time)} ${timeFault(time, timeProblem)}`);
  if (clock.micros < EARLIEST_MICROS) return new Refused('time_too_early', `time ${quote(time)} is before 2010`);
  if (clock.micros > latestMicros(nowMs))
    return new Refused('time_in_future', `time ${quote(time)} is more than 24 h ahead`);
  return { micros: clock.micros, offsetMinutes: clock.offsetMinutes };
}

function store(
  into: EventFields,
  terms: Terms,
  { json, members }: Parsed,
  { id, source, type, department, region, subject, time }: Envelope,
  data: Record<string, unknown>,
): void {
  const verbatim = members.find(({ name }) => name === 'data')!;
  const extensions = members
    .filter(({ name }) => !ENVELOPE.has(name))
    .map(({ rawName, start, end }) => `${rawName}:${json.slice(start, end)}`);
  const parts = [id, subject, json.slice(verbatim.start, verbatim.end)].map((part) => Buffer.from(part, 'utf8'));
  const [idLength, subjectLength, dataLength] = parts.map((part) => part.length) as [number, number, number];
  into.bytes = Buffer.concat(parts);
  into.view = new DataView(into.bytes.buffer, into.bytes.byteOffset, into.bytes.length);
  into.idStart = 0;
  into.idEnd = idLength;
  into.subjectStart = idLength;
  into.subjectEnd = idLength + subjectLength;
  into.dataStart = idLength + subjectLength;
  into.dataEnd = idLength + subjectLength + dataLength;
  into.extensions = Buffer.from(extensions.length > 0 ? `{${extensions.join(',')}}` : '', 'utf8');
  into.extensionsEnd = into.extensions.length;
  into.source = makeTerm(source);
  into.department = makeTerm(department);
  into.region = region === undefined ? NO_TERM : makeTerm(region);
  into.type = type;
  into.factsMark = type.factsMark;
  fillFacts(type, data, parts[2]!, into.facts);
  into.timeMicros = time.micros;
  into.utcOffsetMinutes = time.offsetMinutes;
  terms.sources.add(into.source);
  terms.departments.add(into.department);
  if (region !== undefined) terms.regions.add(into.region);
}

function subjectOf(value: unknown, rule: 'required' | 'optional' | 'free'): string | Refused {
  if (value === undefined || value === null)
    return rule === 'required'
      ? new Refused('missing_member', 'subject is missing: the USCC of the market subject')
      : '';
  if (typeof value !== 'string') return new Refused('wrong_type', `subject must be a string, not ${typeName(value)}`);
  if (rule === 'free') {
    const length = [...value.slice(0, 514)].length;
    return length >= 1 && length <= 256
      ? value
      : new Refused('subject_form', `subject has ${length > 256 ? 'more than 256' : 'no'} characters`);
  }
  const problem = usccProblem(value);
  return problem ? new Refused(problem, `subject ${usccFault(value, problem)}`) : value;
}

export function usccFault(code: string, problem: 'uscc_form' | 'uscc_check_character'): string {
  return problem === 'uscc_form'
    ? `${quote(code)} has not the form of a USCC: 18 digits and capital letters without I, O, S, V, Z`
    : `${quote(code)}: the last character does not fit the 17 before it; look for a mistyped character`;
}

function timeFault(time: string, problem: TimestampProblem): string {
  if (problem === 'time_without_offset') return 'has no offset; add Z or +08:00';
  const offset = /T\d\d:\d\d:\d\d(?:\.\d+)?([+-]\d\d)(\d\d)?$/i.exec(time);
  if (offset)
    return offset[2]
      ? `lacks the colon of the offset; write ${offset[1]}:${offset[2]}`
      : `lacks the minutes of the offset; write ${offset[1]}:00`;
  return 'is not a real RFC 3339 time';
}

const quote = (text: string) => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
const typeName = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function repeated(members: readonly Member[]): string {
  const seen = new Set<string>();
  for (const { name } of members) {
    if (seen.has(name)) return `${quote(name)} is written twice`;
    seen.add(name);
  }
  return 'a member inside is written twice';
}
