/**
 * Worked examples of a rule set: `<rule set>.examples.yaml` beside its file. A list of
 *
 *   - name: what the example shows
 *     quarter: 2025Q2
 *     events:
 *       - { at: 2025-04-10 23:59, type: push.claimed, department: wjw, push_id: P1 }
 *     expect:
 *       wjw: { claim: 1/2 (1) }
 *
 * `at` without a clock is 10:00 in Asia/Shanghai. What is no part of the envelope is a member of `data`. A short name where
 * a USCC belongs stands for a market subject; a required text, list or flag that is left out gets a neutral value.
 * Expected is `n/N` or `n/N (t)` of an item that is a rate, else its exact points (`9.1`, `173/19`); `total`, `rank` of a unit.
 */
import { readFileSync } from 'node:fs';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { usccCheckCharacter, usccProblem } from '@hengjian/contract/schema/uscc.ts';
import { Compile } from 'typebox/compile';
import { LineCounter, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { isDay } from '../calendar/day.ts';
import { parseQuarter } from '../calendar/quarter.ts';

export interface ExampleEvent {
  id: string;
  source: string;
  type: string;
  time: string;
  department: string;
  region?: string;
  subject?: string;
  data: Record<string, unknown>;
}

export interface WorkedExample {
  name: string;
  quarter: string;
  events: readonly ExampleEvent[];
  /** Unit → item → what must come out, as written. */
  expect: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export class ExampleError extends Error {
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[]) {
    super(`${file} holds no usable examples: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

const ENVELOPE = ['at', 'type', 'department', 'region', 'subject', 'id', 'data'];

/** @throws ExampleError naming line and reason of everything that is wrong. */
export function readWorkedExamples(file: string): WorkedExample[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ExampleError(file, [
      code === 'ENOENT'
        ? 'there is no such file; write examples into it as docs/rule-sets.md shows under “Worked examples”'
        : `it cannot be read (${code ?? 'error'})`,
    ]);
  }
  return parseWorkedExamples(text, file);
}

export function parseWorkedExamples(text: string, file: string): WorkedExample[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) throw new ExampleError(file, [`it is not YAML: ${broken.message}`]);
  const lineOf = (path: readonly (string | number)[]): number => {
    const node = document.getIn(path, true) as YAMLMap | YAMLSeq | undefined;
    return lines.linePos(node?.range?.[0] ?? 0).line;
  };
  const examples: unknown = document.toJS();
  if (!Array.isArray(examples) || examples.length === 0)
    throw new ExampleError(file, ['it must be a list of examples, each with name, quarter, events and expect']);
  const problems: string[] = [];
  const read = examples.map((example, n) =>
    readExample(example, n, (path, problem) => {
      problems.push(`line ${lineOf([n, ...path])}: ${problem}`);
    }),
  );
  if (problems.length > 0) throw new ExampleError(file, problems);
  return read;
}

type Report = (path: readonly (string | number)[], problem: string) => void;

function readExample(given: unknown, number: number, report: Report): WorkedExample {
  const { name = '', quarter = '', events = [], expect = {} } = (given ?? {}) as Record<string, never>;
  if (typeof name !== 'string' || name === '') report([], 'the example needs a name');
  if (!parseQuarter(String(quarter))) report([], `the example needs a quarter, like 2025Q2`);
  if (!Array.isArray(events) || events.length === 0) report([], 'the example needs a list of events');
  const figures = Object.entries(expect as Record<string, unknown>);
  if (figures.length === 0) report([], 'the example needs expect: what comes out, by unit and item');
  for (const [unit, items] of figures)
    if (typeof items !== 'object' || items === null) report(['expect', unit], `${unit} must be a map of items`);
  return {
    name: String(name),
    quarter: String(quarter),
    events: (Array.isArray(events) ? events : []).map((event: Record<string, unknown>, n) =>
      readEvent(event, `example-${number + 1}-${n + 1}`, (problem) => report(['events', n], problem)),
    ),
    expect: Object.fromEntries(
      figures.map(([unit, items]) => [
        unit,
        Object.fromEntries(Object.entries(items ?? {}).map(([item, figure]) => [item, String(figure)])),
      ]),
    ),
  };
}

function readEvent(given: Record<string, unknown>, id: string, report: (problem: string) => void): ExampleEvent {
  const { at, type, department, region, subject, id: own, data: nested = {}, ...members } = given ?? {};
  const known = eventTypes.get(String(type));
  if (!known) report(`there is no event type ${JSON.stringify(type)}; docs/events.md lists them`);
  if (typeof department !== 'string')
    report(`an event needs a department (known members of the envelope: ${ENVELOPE.join(', ')})`);
  const time = timeOf(at);
  if (!time)
    report(`at is ${JSON.stringify(at)}; it must be a day, 2025-04-10, or a day and a clock, 2025-04-10 23:59`);
  const data = named({ ...(nested as object), ...members }) as Record<string, unknown>;
  if (known) fill(known.data as unknown as Schema, data);
  const wrong = known && [...Compile(known.data).Errors(data)][0];
  if (wrong) report(`${type}: ${wrong.instancePath || 'data'} ${wrong.message}`);
  return {
    id: String(own ?? id),
    source: 'hengjian://examples',
    type: String(type),
    time: time ?? '',
    department: String(department),
    ...(region === undefined ? {} : { region: String(region) }),
    ...(subject === undefined ? {} : { subject: usccOf(String(subject)) }),
    data,
  };
}

function timeOf(at: unknown): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/.exec(String(at));
  if (!match || !isDay(match[1]!)) return undefined;
  const clock = match[2] ?? '10:00';
  return `${match[1]}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`;
}

/** A USCC stays what it is; a short name becomes one of its own. */
export function usccOf(name: string): string {
  if (usccProblem(name) === undefined) return name;
  let hash = 7n;
  for (const character of name) hash = (hash * 1_000_003n + BigInt(character.codePointAt(0)!)) % 1_000_000_000n;
  const stem = `91320600${String(hash).padStart(9, '0')}`;
  return stem + usccCheckCharacter(stem);
}

const USCC_MEMBERS = ['uscc', 'targets', 'objects'];

function named(value: unknown, member = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => named(one, member));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one, name)]));
  return typeof value === 'string' && USCC_MEMBERS.includes(member) ? usccOf(value) : value;
}

interface Schema {
  type?: string;
  format?: string;
  required?: readonly string[];
  properties?: Record<string, Schema>;
}

/** Days, counts and choices are never guessed. */
function fill({ required = [], properties = {} }: Schema, data: Record<string, unknown>): void {
  for (const name of required) {
    const { type, format } = properties[name] ?? {};
    if (data[name] !== undefined) continue;
    if (type === 'string' && (format === undefined || format === 'written') && !name.endsWith('_id')) data[name] = 'x';
    if (type === 'array') data[name] = [];
    if (type === 'boolean') data[name] = false;
  }
}
