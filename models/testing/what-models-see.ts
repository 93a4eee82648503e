/** For tests: what measures read of an event is what the check saw when it let the event in, whatever else the event holds; on any engine. */

import { basename } from 'node:path';
import { DAY_COLUMN, TEXT_COLUMNS } from '@hengjian/contract/facts/fact-columns.ts';
import { type FactForm, factMembers } from '@hengjian/contract/facts/fact-form.ts';
import type { EventType } from '@hengjian/contract/schema/event-type.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { eventOf } from '@hengjian/ingest/testing/arbitrary-event.ts';
import { type CommandLine, type CommandLineOptions, commandLine } from '@hengjian/ingest/testing/command-line.ts';
import { written } from '@hengjian/ingest/testing/hostile-json.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { RESTATED_TABLE } from '@hengjian/warehouse/readable-events.ts';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stagedEvents } from '../runner/build-context.ts';
import { eventRows } from '../runner/event-snapshot.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { restateFacts } from '../runner/restate-facts.ts';
import { marts } from './marts.ts';

const project = loadProject();
let cli: CommandLine;
let warehouse: Warehouse;
let serial = 0;
async function importLines(lines: readonly string[]): Promise<{ accepted: number; rejected: number }> {
  serial += 1;
  const ran = await cli.run('import', cli.file(`${serial}.ndjson`, `${lines.join('\n')}\n`));
  return JSON.parse(ran.stdout.trim().split('\n').at(-1)!);
}

/** An expression that reads a member as measures do; undefined for forms that no member has. */
function reading(form: FactForm, from: string, name: string): string | undefined {
  const member = `${from}, '${name}'`;
  switch (form.kind) {
    case 'text':
      return `JSONExtractString(${member})`;
    case 'boolean':
      return `CAST(JSONExtractBool(${member}) AS Bool)`;
    case 'number':
      return `toFloat64OrNull(JSONExtractRaw(${member}))`;
    case 'list': {
      if (form.item.kind === 'text') return `JSONExtract(${member}, 'Array(String)')`;
      if (form.item.kind !== 'object') return undefined;
      const members = form.item.members.map(
        (one) => `${one.form.kind === 'text' ? 'JSONExtractString' : 'JSONExtractRaw'}(entry, '${one.name}')`,
      );
      return `arrayMap(entry -> [${members.join(', ')}], JSONExtractArrayRaw(${member}))`;
    }
    case 'object':
      return undefined;
  }
}

/** The same, by what JSON.parse makes of the bytes that the check judged. */
function seen(form: FactForm, value: unknown): unknown {
  if (form.kind !== 'list' || form.item.kind !== 'object') return value;
  const { members } = form.item;
  return (value as Record<string, string>[]).map((entry) =>
    members.map(({ name, form: { kind } }) => (kind === 'text' ? entry[name] : JSON.stringify(entry[name]))),
  );
}

/** Members with a column of their own, whose rows bear their names. */
const texts = new Set<string>(TEXT_COLUMNS);

const stored = () => stagedEvents(warehouse, project, eventRows('events', warehouse.database));

/** As the models would be that read the bytes as they came, by the engine's own JSON functions. */
const mutant = () =>
  stagedEvents(
    warehouse,
    project,
    `(SELECT * REPLACE (data AS facts, ${TEXT_COLUMNS.map((name) => `JSONExtractString(data, '${name}') AS ${name}`).join(', ')}) FROM events)`,
  );

/** @returns what measures would read otherwise than the check saw it, as [id, member, seen, read] */
async function misread(type: EventType, column: 'facts' | 'data', staged = stored()): Promise<unknown[]> {
  const members = factMembers(type.data).flatMap(({ name, form, readAs }) => {
    const sql = reading(form, column, name);
    return sql ? [{ name, form, sql, isRead: readAs ? Compile(readAs) : undefined }] : [];
  });
  const selected = members
    .map(({ name, sql }, place) => `, ${sql} AS m${place}, JSONHas(${column}, '${name}') AS has${place}`)
    .join('');
  const columns = TEXT_COLUMNS.join(', ');
  const rows = await warehouse.query<Record<string, unknown>>(
    `SELECT id, ${columns}, toString(decided_on) AS ${DAY_COLUMN}_text${selected} FROM ${column === 'facts' ? staged : 'events'} WHERE type = {type:String}`,
    { type: type.type },
  );
  const bytes = await warehouse.query<{ id: string; data: string }>('SELECT id, data FROM events');
  const dataOf = new Map(bytes.map(({ id, data }) => [id, JSON.parse(data) as Record<string, unknown>]));
  return rows.flatMap((row) => {
    const data = dataOf.get(row.id as string)!;
    return members.flatMap(({ name, form, isRead }, place) => {
      // Of another form than it is read in: absent.
      if (!Object.hasOwn(data, name) || isRead?.Check(data[name]) === false)
        return row[`has${place}`] && column === 'facts' ? [[row.id, name, 'absent', row[`m${place}`]]] : [];
      const expected = seen(form, data[name]);
      const own = name === DAY_COLUMN ? row[`${DAY_COLUMN}_text`] : texts.has(name) ? row[name] : undefined;
      return [row[`m${place}`], ...(column === 'facts' && own !== undefined ? [own] : [])]
        .filter((read) => JSON.stringify(read) !== JSON.stringify(expected))
        .map((read) => [row.id, name, expected, read]);
    });
  });
}

/** Good events of the type, each with an id of its own, written in any way. */
const logOf = (type: EventType) =>
  fc
    .array(
      eventOf(type).chain((event) => written({ ...event, id: 'ID' })),
      { minLength: 12, maxLength: 24 },
    )
    .map((lines) => lines.map((line, index) => line.replace('"id":"ID"', `"id":"${type.type}-${index}"`)));

const BIG = '20250408153012000012345';
const USCC = '91350100M000100Y43';
const line = (id: string, type: string, time: string, data: string) =>
  `{"specversion":"1.0","id":"${id}","source":"https://t.example/x","type":"${type}","time":"${time}:00+08:00","department":"czj","subject":"${USCC}","data":${data}}`;
const push = (more = '') =>
  line(
    'n1',
    'registration.pushed',
    '2025-04-08T09:00',
    `{"push_id":"BN-1","bucket":"licensed","matters":["x"]${more}}`,
  );
const claim = (data = '{"push_id":"BN-1"}') => line('n2', 'push.claimed', '2025-04-09T09:00', data);
const claimItem = async () => {
  const units = await marts(warehouse, '2025Q2');
  const item = units.find(({ unit }) => unit === 'czj')!.items.find(({ item: name }) => name === 'claim')!;
  return `${item.onTime}/${item.numerator}/${item.denominator}`;
};

const types = [...eventTypes.values()].filter(({ data }) => factMembers(data).length > 0);
const logs = fc.tuple(...types.map(logOf));

function readAlike(embedded: boolean): void {
  test('of every type, whatever stands beside the members and however they are written; also where it is derived later', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(logs, async (log) => {
        await cli.empty();
        await warehouse.command(`TRUNCATE TABLE ${RESTATED_TABLE}`);
        const lines = log.flat();
        await importLines(lines);
        expect(
          await warehouse.query(
            'SELECT reason, any(detail) AS detail, any(bytes) AS line, count() AS n FROM rejects GROUP BY reason',
          ),
        ).toEqual([]);
        await restateFacts(warehouse, 'events');
        for (const type of types) expect([type.type, await misread(type, 'facts')]).toEqual([type.type, []]);
        const written = await warehouse.query(`SELECT * FROM ${stored()} ORDER BY type, id`);
        // The same bytes as an earlier version stored them.
        await warehouse.command('CREATE TABLE bare AS events');
        await warehouse.command(
          "INSERT INTO bare SELECT * REPLACE (0 AS facts_mark, '' AS facts, '' AS push_id, '' AS bucket, '' AS doc_no) FROM events",
        );
        await warehouse.command('EXCHANGE TABLES bare AND events');
        await warehouse.command('DROP TABLE bare SYNC');
        expect((await restateFacts(warehouse, 'events')).rows).toBe(lines.length);
        expect(await warehouse.query(`SELECT * FROM ${stored()} ORDER BY type, id`)).toEqual(written);
      }),
      { numRuns: Number(process.env.FACTS_RUNS ?? 1), endOnFailure: true },
    );
  });

  // An engine of another version may read these bytes as the check does, and others not.
  if (!embedded) return;
  test('and is not, where measures read the bytes as they came: this is what the facts are for', async () => {
    await importLines([push(), claim(`{"push_id":"BN-1","serial":${BIG}}`)]);
    await restateFacts(warehouse, 'events');
    expect(await misread(eventTypes.get('push.claimed')!, 'data')).toEqual([['n2', 'push_id', 'BN-1', '']]);
    expect(await misread(eventTypes.get('push.claimed')!, 'facts')).toEqual([]);
  });

  test('and the property finds it: models that read the bytes have a counter-example among the same logs', {
    timeout: 300_000,
  }, async () => {
    const found: unknown[] = [];
    const outcome = await fc.check(
      fc.asyncProperty(logs, async (log) => {
        await cli.empty();
        await importLines(log.flat());
        await restateFacts(warehouse, 'events');
        for (const type of types) {
          expect(await misread(type, 'facts')).toEqual([]);
          // That a member of another form is not left out is plain; here is what is there and read as something else.
          found.push(...(await misread(type, 'facts', mutant())).filter((one) => (one as unknown[])[2] !== 'absent'));
        }
        return found.length === 0;
      }),
      { numRuns: 3, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
    expect(found.length).toBeGreaterThan(0);
  });
}

function scoreAlike(): void {
  test.each([
    ['a serial of 2^64 or more', push(), claim(`{"push_id":"BN-1","serial":${BIG}}`)],
    ['a number beyond every double', push(',"x":1e400'), claim()],
    [
      'both, deep inside, in another order',
      push(`,"x":[{"y":[${BIG},-1E+999]}]`),
      claim('{ "x" : {"a":1e-400,"b":1e400}, "push_id":"BN\\u002d1" }'),
    ],
    ['nothing else', push(), claim()],
  ])('%s: the claim counts and the push is due', async (_, ...lines) => {
    expect(await importLines(lines)).toMatchObject({ accepted: 2 });
    await refresh(warehouse, project, { quarters: ['2025Q2'] });
    expect(await claimItem()).toBe('1/1/1');
  });

  test('marks of any number of digits count as what they are', async () => {
    const mark = (id: string, unit: string, points: string) =>
      line(
        id,
        'mark.awarded',
        '2025-06-20T09:00',
        `{"quarter":"2025Q2","item":"dr_single","unit":"${unit}","points":${points},"reason":"r","approver":"a","x":1e400}`,
      );
    const lines = [
      mark('1', 'czj', '35e-1'),
      mark('2', 'scjg', '4.000000000000000000000000000000001'),
      mark('3', 'gafj', '5e-324'),
      mark('4', 'jsj', '2.50'),
    ];
    expect(await importLines(lines)).toMatchObject({ accepted: 4 });
    await refresh(warehouse, project, { quarters: ['2025Q2'] });
    const units = await marts(warehouse, '2025Q2');
    const points = (unit: string) =>
      units.find((one) => one.unit === unit)!.items.find(({ item }) => item === 'dr_single')!.points;
    expect(['czj', 'scjg', 'gafj', 'jsj'].map(points)).toEqual(['7/2', '4', '0', '5/2']);
  });

  test('an event that names a member twice is refused: readers would disagree', async () => {
    expect(await importLines([push(), claim('{"push_id":"BN-2","push_id":"BN-1"}')])).toMatchObject({
      accepted: 1,
      rejected: 1,
    });
  });
}

/**
 * @param title names the engine
 * @param options where it is; by default the embedded one
 */
export function whatModelsSee(title: string, options: CommandLineOptions = {}): void {
  describe(title, () => {
    beforeAll(async () => {
      cli = await commandLine(options);
      warehouse = cli.warehouse;
    });
    afterAll(() => cli?.close());
    test('answers', async () => {
      // The package stands in a folder that is named after its version.
      const version = options.chdb && basename(options.chdb).split('.').slice(0, 2).join('.');
      expect(warehouse.engine).toContain(` ${version ?? ''}`);
    });
    beforeEach(async () => {
      await cli.empty();
      await warehouse.command(`TRUNCATE TABLE ${RESTATED_TABLE}`);
    });
    const embedded = options.url === undefined && options.chdb === undefined;
    describe('what measures read is what the check saw', () => readAlike(embedded));
    describe('a score does not depend on what an unread member holds', scoreAlike);
  });
}
