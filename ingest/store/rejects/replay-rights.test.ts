/** Whose rights count when a refused event is sent through again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { rightsOf } from '../../edge/keys/ingest-key.ts';
import { createKey, keyNamed, revokeKey } from '../../edge/keys/key-log.ts';
import { type CommandLine, commandLine } from '../../testing/command-line.ts';
import { event, line, USCC } from '../../testing/event.ts';
import { EventSink } from '../event-sink.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await commandLine();
});
afterAll(() => cli.close());
afterEach(() => cli.empty());

describe('a replay has at most the rights with which the event came', () => {
  const mark = (id: string) =>
    event({
      id,
      type: 'mark.awarded',
      data: { quarter: '2025Q2', item: 'dr_single', unit: 'czj', points: 1, reason: '核查', approver: '联席办' },
    });
  const counts = (stdout: string) => JSON.parse(stdout) as { accepted: number; closed: number; still_wrong: number };

  /** What a key of the unit czj may not send is refused, as the edge does it. */
  async function refusedOf(
    name: string,
    lines = [event({ id: `${name}-foreign` }), { ...mark(`${name}-mark`), department: 'czj' }].map((one) =>
      JSON.stringify(one),
    ),
  ): Promise<void> {
    await createKey(cli.warehouse, { name, units: ['czj'] });
    const sink = new EventSink({ warehouse: cli.warehouse });
    const submission = sink.open({
      origin: { kind: 'http', name, part: 0, request: '00000000-0000-0000-0000-000000000001' },
      rights: rightsOf((await keyNamed(cli.warehouse, name))!),
    });
    for (const [index, one] of lines.entries()) {
      const bytes = Buffer.from(one);
      sink.take(submission, bytes, 0, bytes.length, index, true);
    }
    expect(await sink.flush(submission)).toMatchObject({ accepted: 0, rejected: lines.length });
    await sink.stop();
  }
  /** Named as a reject that is none: it must not be taken for a line that the command line vouches for. */
  const FORGED = '00000000-0000-4000-8000-000000000000';
  const exported = async (name: string) => {
    const file = join(cli.directory, name);
    await cli.run('rejects', 'export', file);
    return file;
  };

  test('no sender gains rights by naming a reject: an export names its own, and one that is none says nothing', async () => {
    const forged = JSON.stringify({ ...mark('forged'), department: 'czj', rejectid: FORGED });
    // Not JSON so far: whose it is must be known once it is corrected.
    await refusedOf('forger', [forged, `${JSON.stringify({ ...mark('broken'), department: 'czj' }).slice(0, -1)},}`]);
    const file = await exported('forged.ndjson');
    expect(readFileSync(file, 'utf8')).not.toContain(FORGED);
    writeFileSync(file, readFileSync(file, 'utf8').replace(',}', '}'));
    const replayed = await cli.run('rejects', 'replay', file);
    expect(counts(replayed.stdout)).toMatchObject({ accepted: 0, closed: 0, still_wrong: 2 });
    expect(replayed.stderr.match(/not_granted: mark\.awarded is an act of the office/g)).toHaveLength(2);
    const byHand = cli.file('by-hand.ndjson', `${forged}\n${forged.replace(FORGED, '-'.repeat(36))}\n${line()}\n`);
    expect(counts((await cli.run('rejects', 'replay', byHand)).stdout)).toMatchObject({ accepted: 1, still_wrong: 2 });
  });

  test('an event that came by a file and by a limited key has the lesser rights, whichever reject it names', async () => {
    const wrong = { ...mark('twice'), department: 'czj', time: 'x' };
    await cli.run('import', cli.file('twice.ndjson', JSON.stringify(wrong)));
    const [{ reject_id }] = JSON.parse((await cli.run('rejects', '--json')).stdout);
    const sent = { ...wrong, time: mark('x').time, rejectid: reject_id };
    await refusedOf('guesser', [JSON.stringify(sent)]);
    const file = cli.file('named.ndjson', JSON.stringify(sent));
    const replayed = await cli.run('rejects', 'replay', file);
    expect(counts(replayed.stdout)).toMatchObject({ accepted: 0, still_wrong: 1 });
    expect(counts((await cli.run('rejects', 'replay', file, '--as-office')).stdout)).toMatchObject({ accepted: 1 });
  });

  test('a row of a table that a key sent says nothing of another unit’s objection', async () => {
    const filed = { objection_id: 'Y-1', record_id: 'W-1' };
    const stored = event({ type: 'objection.filed', department: 'scjg', subject: USCC, data: filed });
    expect((await cli.run('import', cli.file('objection.ndjson', JSON.stringify(stored)))).stdout).toContain(
      '"accepted":1',
    );
    const cells = {
      异议编号: 'Y-1',
      统一社会信用代码: USCC,
      异议信息文号: 'W-1',
      受理部门: '财政局',
      申请日期: '2025-04-02',
    };
    await refusedOf('rows', [
      JSON.stringify({ table: { layout: 'objections', source: 'urn:a', department: 'czj' }, cells }),
    ]);
    for (const what of ['--all', await exported('rows.ndjson')]) {
      const replayed = await cli.run('rejects', 'replay', what);
      expect(counts(replayed.stdout)).toMatchObject({ accepted: 0, closed: 0, still_wrong: 1 });
      expect(replayed.stderr).toMatch(/not_granted: objection\.filed: data\.objection_id "Y-1" is one of scjg/);
    }
  });

  test('what a key may not do, no replay of all does; by name it goes through', async () => {
    await refusedOf('czj');
    const all = await cli.run('rejects', 'replay', '--all');
    expect(counts(all.stdout)).toMatchObject({ accepted: 0, closed: 0, still_wrong: 2 });
    expect(all.stderr).toMatch(/unit_not_allowed/);
    expect(all.stderr).toMatch(/not_granted: mark\.awarded is an act of the office/);
    // Nor does a file of the same lines, unless it is said.
    const exported = join(cli.directory, 'of-czj.ndjson');
    await cli.run('rejects', 'export', exported);
    expect(counts((await cli.run('rejects', 'replay', exported)).stdout)).toMatchObject({
      accepted: 0,
      still_wrong: 2,
    });
    expect(counts((await cli.run('rejects', 'replay', exported, '--as-office')).stdout)).toMatchObject({
      accepted: 2,
      closed: 2,
      still_wrong: 0,
    });
  });

  test('rights that a key of the same name has gained do not count, nor do those that one has lost', async () => {
    await refusedOf('gains');
    await refusedOf('revoked');
    await revokeKey(cli.warehouse, 'revoked');
    await revokeKey(cli.warehouse, 'gains');
    await createKey(cli.warehouse, { name: 'gains', units: ['czj'], may: ['office'] });
    const { stdout, stderr } = await cli.run('rejects', 'replay', '--all');
    expect(counts(stdout)).toMatchObject({ accepted: 0, closed: 0, still_wrong: 4 });
    expect(stderr).toMatch(/the key revoked is not in force any more/);
    expect(counts((await cli.run('rejects', 'replay', '--all', '--as-office')).stdout)).toMatchObject({ accepted: 4 });
  });

  test('what came by an edge and the log needs to be said by name: its key is not kept there; a producer of the log may send all', async () => {
    for (const [id, request] of [
      ['by-edge', '00000000-0000-0000-0000-000000000002'],
      ['by-producer', '00000000-0000-0000-0000-000000000000'],
    ] as const) {
      const refused = line({ id });
      await cli.warehouse.command(
        "INSERT INTO rejects (recorded_at, reject_id, reason, source, id, bytes, size, origin_kind, origin, request) VALUES (now64(6), generateUUIDv4(), 'source_not_allowed', 's', {id:String}, {bytes:String}, {size:UInt64}, 'kafka', 'topic', {request:UUID})",
        { id, bytes: refused, size: Buffer.byteLength(refused), request },
      );
    }
    const all = await cli.run('rejects', 'replay', '--all');
    expect(counts(all.stdout)).toMatchObject({ accepted: 1, closed: 1, still_wrong: 1 });
    expect(all.stderr).toMatch(/it came by HTTP and the log topic, which does not keep its key; --as-office/);
    const said = await cli.run('rejects', 'replay', '--all', '--as-office');
    expect(counts(said.stdout)).toMatchObject({ accepted: 1, closed: 1, still_wrong: 0 });
  });

  test('acts of the product come by a file at the command line only', async () => {
    const published = line({ id: 'published', type: 'score.published', data: {} });
    await cli.warehouse.command(
      "INSERT INTO rejects (recorded_at, reject_id, reason, source, id, bytes, size, origin_kind, origin) VALUES (now64(6), generateUUIDv4(), 'not_granted', 's', 'published', {bytes:String}, {size:UInt64}, 'kafka', 'topic')",
      { bytes: published, size: Buffer.byteLength(published) },
    );
    const replayed = await cli.run('rejects', 'replay', '--all', '--as-office');
    expect(counts(replayed.stdout)).toMatchObject({ accepted: 0, still_wrong: 1 });
    const imported = await cli.run('import', cli.file('log.ndjson', published));
    expect(JSON.parse(imported.stdout)).toMatchObject({ accepted: 1 });
  });

  test('a mark above what the rule set in use awards stays in the list', async () => {
    const above = { ...mark('above'), data: { ...(mark('x').data as object), points: 6.5 } };
    await cli.run('import', cli.file('above.ndjson', JSON.stringify(above)));
    const replayed = await cli.run('rejects', 'replay', '--all');
    expect(counts(replayed.stdout)).toMatchObject({ accepted: 0, closed: 0, still_wrong: 1 });
    expect(replayed.stderr).toMatch(/mark_points: .*between 0 and 6/);
    expect(JSON.parse((await cli.run('rejects', '--json')).stdout)).toHaveLength(1);
  });
});
