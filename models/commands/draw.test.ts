import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type CommandContext, readEnvironment } from '@hengjian/warehouse';
import { Command } from 'commander';
import { afterAll, expect, test } from 'vitest';
import { EXAMPLE_HEADER, EXAMPLE_PLAN, EXAMPLE_ROWS } from '../draw/testing/worked-example.ts';
import { registerDrawCommand } from './draw.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-draw-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function run(...args: string[]): Promise<string> {
  let text = '';
  const sink = (keep: boolean) =>
    new Writable({
      write(piece, _, done) {
        if (keep) text += piece;
        done();
      },
    });
  const context: CommandContext = {
    environment: readEnvironment({ HENGJIAN_DATA_DIR: directory }),
    warehouse: () => Promise.reject(new Error('no warehouse is needed')),
    writer: () => Promise.reject(new Error('no events are written here')),
    stdout: sink(true),
    stderr: sink(false),
  };
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerDrawCommand(program, context);
  await program.parseAsync(['draw', ...args], { from: 'user' });
  return text;
}

function write(name: string, content: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const tsv = (rows: string[][]) => `${rows.map((fields) => fields.join('\t')).join('\n')}\n`;
const frame = write('f.tsv', tsv([EXAMPLE_HEADER, ...EXAMPLE_ROWS]));
const plan = write('p.json', JSON.stringify(EXAMPLE_PLAN));
const secret = '11'.repeat(32);
const beacon = '22'.repeat(32);

test('plan, run, verify, publish and proof work one after another on files', async () => {
  const planned = JSON.parse(await run('plan', '--frame', frame, '--plan', plan, '--json'));
  expect(planned.secret).toMatch(/^[0-9a-f]{64}$/);
  const options = ['--frame', frame, '--plan', plan, '--secret', planned.secret, '--beacon', beacon];
  const text = await run('run', ...options, '--commit', planned.commit, '--json');
  expect(JSON.parse(text)).toMatchObject({ commit: planned.commit, frame: planned.frame });
  const record = write('r.json', text);
  expect(await run('verify', record, '--frame', frame)).toMatch(/^(ok {4}.+\n)+$/);
  const published = write('public.json', await run('publish', record));
  expect(await run('verify', published)).toContain('ok    result_hash');
  const proof = write('proof.json', await run('proof', record, '--frame', frame, '--id', '913206000000000044'));
  expect(await run('verify', proof)).toContain('ok    path');
  expect(await run('run', ...options)).toContain('913206000000000077');
  expect(await run('plan', '--frame', frame, '--plan', plan)).toContain('merkle_root');
});

test('two plans have two secrets', async () => {
  const secrets = new Set<string>();
  for (let at = 0; at < 3; at++)
    secrets.add(JSON.parse(await run('plan', '--frame', frame, '--plan', plan, '--json')).secret);
  expect(secrets.size).toBe(3);
});

test('a beacon that is not hex by nature enters as the hash of its text', async () => {
  const options = ['--frame', frame, '--plan', plan, '--secret', secret, '--json'];
  const record = JSON.parse(await run('run', ...options, '--beacon-text', '双色球/2026-11-29/03 07 12'));
  // printf '双色球/2026-11-29/03 07 12' | sha256sum
  expect(record.beacon).toBe('585ca8a531b0b265937939d21e86927a5e115bb04f098d22dc636dcc432a6bff');
});

const withPlan = (change: object) => ['--plan', write('x.json', JSON.stringify({ ...EXAMPLE_PLAN, ...change }))];
/** As the number is written in the file. */
const withBudget = (digits: string) => [
  '--plan',
  write('x.json', JSON.stringify({ ...EXAMPLE_PLAN, budget: 0 }).replace('"budget":0', `"budget":${digits}`)),
];
const withFrame = (rows: string[][], header = EXAMPLE_HEADER) => ['--frame', write('x.tsv', tsv([header, ...rows]))];

test.each<[string, () => string[], RegExp]>([
  [
    'a zero-probability tier',
    () => withPlan({ tiers: { ...EXAMPLE_PLAN.tiers, A: '0' } }),
    /tier A is zero.*no tier is exempt/,
  ],
  ['zero as a fraction', () => withPlan({ tiers: { ...EXAMPLE_PLAN.tiers, A: '0/5' } }), /tier A is zero/],
  ['a probability above one', () => withPlan({ tiers: { ...EXAMPLE_PLAN.tiers, A: '3/2' } }), /more than 1/],
  ['a decimal', () => withPlan({ tiers: { ...EXAMPLE_PLAN.tiers, A: '0.01' } }), /rational in a string/],
  ['a number', () => withPlan({ tiers: { ...EXAMPLE_PLAN.tiers, A: 0.01 } }), /rational in a string/],
  ['division by zero', () => withPlan({ tiers: { ...EXAMPLE_PLAN.tiers, A: '1/0' } }), /rational in a string/],
  ['an unknown tier', () => withFrame([['1', 'x', 's', 'E']]), /rows of tier “E”, which the plan does not name/],
  ['n above the rows', () => withPlan({ n: 9 }), /n = 9 of a frame of 8 rows/],
  ['n = 0', () => withPlan({ n: 0 }), /whole number of at least 1/],
  ['n as text', () => withPlan({ n: '4' }), /whole number/],
  ['an unknown stratum', () => withPlan({ strata: ['area'] }), /stratum “area”, which the frame .* does not have/],
  ['the tier as a stratum', () => withPlan({ strata: ['tier'] }), /would become public/],
  ['another method', () => withPlan({ method: 'pps' }), /draws by "tier-srs-v1"/],
  ['no tiers', () => withPlan({ tiers: {} }), /tiers must be an object/],
  ['a number that no double holds', () => withBudget('9007199254740993'), /budget is a number beyond 2\^53/],
  ['a number beyond all', () => withBudget('1e400'), /budget is a number beyond 2\^53/],
  ['a plan that is no JSON', () => ['--plan', write('x.json', '{')], /plan is not JSON/],
  ['a plan that is no object', () => ['--plan', write('x.json', '[]')], /must be a JSON object/],
  ['a plan that is not there', () => ['--plan', join(directory, 'none')], /cannot be read/],
  ['duplicate ids', () => withFrame([...EXAMPLE_ROWS, EXAMPLE_ROWS[0]!]), /id 913206000000000011 stands in two rows/],
  ['an empty id', () => withFrame([['', 'x', 's', 'A']]), /whose id is empty/],
  ['an empty frame', () => withFrame([]), /no row/],
  ['a short secret', () => ['--secret', 'abcd'], /64 hex digits/],
  ['a beacon in words', () => ['--beacon', '03 07 12'], /no hex of whole bytes.*--beacon-text/],
  ['half a byte of beacon', () => ['--beacon', 'abc'], /no hex of whole bytes/],
  ['two beacons', () => ['--beacon-text', 'a/b/c'], /one beacon/],
  ['another commitment', () => ['--commit', '00'.repeat(32)], /not to the .* that was published; nothing was drawn/],
])('run refuses %s in one sentence', async (_, options, sentence) => {
  const base = ['--frame', frame, '--plan', plan, '--secret', secret, '--beacon', beacon];
  await expect(run('run', ...base, ...options())).rejects.toThrow(sentence);
});

test('plan refuses what could not be drawn', async () => {
  await expect(run('plan', '--frame', frame, ...withPlan({ n: 9 }))).rejects.toThrow(/n = 9/);
});

test('run needs a beacon', async () => {
  await expect(run('run', '--frame', frame, '--plan', plan, '--secret', secret)).rejects.toThrow(/needs its beacon/);
});

test('a number with an exponent is a member like any other', async () => {
  // RFC 8785 writes it 1e+30.
  const own = write('exponent.json', JSON.stringify(EXAMPLE_PLAN).replace(/}$/, ',"budget":1E30}'));
  const same = write('same.json', JSON.stringify({ ...EXAMPLE_PLAN, budget: 1e30 }).replace('1e+30', '10.0e29'));
  const hashOf = async (file: string) =>
    JSON.parse(await run('plan', '--frame', frame, '--plan', file, '--json')).plan_hash;
  expect(await hashOf(own)).toBe(await hashOf(same));
});

test('a number beyond 2^53 that a double holds is one, however it is written', async () => {
  const recordOf = (digits: string) =>
    run('run', '--frame', frame, '--secret', secret, '--beacon', beacon, ...withBudget(digits), '--json');
  const record = await recordOf('1152921504606846976');
  expect(record).toContain('1152921504606847000');
  expect(JSON.parse(await recordOf('1152921504606847000')).plan_hash).toBe(JSON.parse(record).plan_hash);
  await expect(run('verify', write('beyond.json', record))).resolves.toContain('ok');
  const changed = write('beyond-changed.json', record.replace('1152921504606847000', '1152921504606847001'));
  await expect(run('verify', changed)).rejects.toThrow(/has a budget beyond 2\^53, which programs read differently/);
});

test('what an outsider has ends in a sentence: a proof of a public record, a proof with π 0/0', async () => {
  const options = ['--frame', frame, '--plan', plan, '--secret', secret, '--beacon', beacon, '--json'];
  const record = write('whole.json', await run('run', ...options));
  const published = write('outside.json', await run('publish', record));
  const wanted = ['--frame', frame, '--id', '913206000000000044'];
  await expect(run('proof', published, ...wanted)).rejects.toThrow(/no full record/);
  const proof = JSON.parse(await run('proof', record, ...wanted));
  for (const pi of ['0/0', '1/0', '01'])
    await expect(
      run('verify', write('pi.json', JSON.stringify({ ...proof, cell: { ...proof.cell, pi } })), '--frame', frame),
    ).rejects.toThrow(/fails the check record/);
});

test('a name that stands twice in one object is refused, in a plan and in a record; in two objects it is none', async () => {
  const base = ['--frame', frame, '--secret', secret, '--beacon', beacon];
  const twice = write('twice.json', '{"method":"tier-srs-v1","tiers":{"A":"1/100","\\u0041" : "1"}}');
  await expect(run('run', ...base, '--plan', twice)).rejects.toThrow(/names "A" twice/);
  const apart = JSON.stringify({ ...EXAMPLE_PLAN, note: ['"n": 1, {"n"', { n: 1 }, { n: 2 }] });
  const record = await run('run', ...base, '--plan', write('apart.json', apart), '--json');
  await expect(run('verify', write('one.json', record))).resolves.toContain('ok');
  const forged = write('two.json', record.replace('"spec":', '"beacon":"00","spec":'));
  await expect(run('verify', forged)).rejects.toThrow(/names "beacon" twice/);
});

test('a beacon is announced with its offset', async () => {
  for (const at of ['2026-12-02T21:15:00', '2026-12-02 soon', '2026-02-30T21:15:00Z'])
    await expect(run('plan', '--task', 'T1', '--beacon-at', at)).rejects.toThrow(/with its offset/);
});

test('verify, publish and proof refuse a forged record by the name of the check', async () => {
  const record = JSON.parse(
    await run('run', '--frame', frame, '--plan', plan, '--secret', secret, '--beacon', beacon, '--json'),
  );
  const forged = write('forged.json', JSON.stringify({ ...record, beacon: '33'.repeat(32) }));
  await expect(run('verify', forged)).rejects.toThrow(/fails the check seed/);
  await expect(run('publish', forged)).rejects.toThrow(/not published.*check seed/);
  await expect(run('proof', forged, '--frame', frame, '--id', '1')).rejects.toThrow(/check seed/);
  await expect(run('verify', write('no.json', '{"spec":'))).rejects.toThrow(/is not JSON/);
});

test('assign draws teams from the seed of the draw; recuse changes one place, notes it, and refuses a forged record', async () => {
  const options = ['--frame', frame, '--plan', plan, '--secret', secret, '--beacon', beacon, '--json'];
  const record = write('teams-draw.json', await run('run', ...options));
  const drawn = JSON.parse(await run('run', ...options)).selected.map(({ id }: { id: string }) => [id]);
  const subjects = write('subjects.tsv', tsv([['id'], ...drawn]));
  const people = ['甲', '乙', '丙', '丁', '戊'].map((id) => [id, `证${id}`, '2027-01-31']);
  const inspectors = write('inspectors.tsv', tsv([['id', 'certificate', 'valid_until'], ...people]));
  const files = ['--subjects', subjects, '--inspectors', inspectors];
  const assign = (...more: string[]) => run('assign', ...files, '--record', record, '--day', '2026-12-01', ...more);
  const text = await assign('--json');
  expect(await assign('--json')).toBe(text);
  const before = JSON.parse(text);
  expect(before.teams).toHaveLength(4);
  expect(await assign()).toMatch(/913206000000000044 {2}. \(lead\), . \(member\)/);

  const assignment = write('teams.json', text);
  const [{ subject, inspectors: team }] = before.teams;
  const request = ['--subject', subject, '--ground', 'after_draw', '--reason', '亲属在该企业任职', '--approver', '李'];
  const recuse = (file: string, inspector: string) =>
    run('recuse', file, ...files, ...request, '--inspector', inspector, '--json');
  const once = JSON.parse(await recuse(assignment, team[1].id));
  expect(once.adjustments).toMatchObject([{ subject, from: team[1].id, approver: '李' }]);
  expect(once.teams.slice(1)).toEqual(before.teams.slice(1));
  expect(once.teams[0].inspectors[0]).toEqual(team[0]);
  const twice = JSON.parse(await recuse(write('once.json', JSON.stringify(once)), once.adjustments[0].to));
  expect(new Set([team[1].id, ...twice.adjustments.map(({ to }: { to: string }) => to)]).size).toBe(3);

  const hidden = write('hidden.json', JSON.stringify({ ...once, adjustments: [] }));
  await expect(recuse(hidden, team[0].id)).rejects.toThrow(/do not follow from its seed and files/);
  await expect(recuse(assignment, '己')).rejects.toThrow(/己 is not in a team/);
  const expired = write(
    'expired.tsv',
    tsv([
      ['id', 'certificate', 'valid_until'],
      ['甲', '证', '2026-11-30'],
      ['乙', '证', '2027-01-01'],
    ]),
  );
  const base = ['assign', '--record', record, '--day', '2026-12-01', '--subjects', subjects, '--inspectors'];
  await expect(run(...base, expired)).rejects.toThrow(/need 2 places.*certificate expired: 甲/);
  await expect(run(...base, write('bad.tsv', 'id\tcertificate\tvalid_until\n甲\t证\t2026-13-01\n'))).rejects.toThrow(
    /must be a day/,
  );
  await expect(
    run(...base, write('twice.tsv', tsv([['id', 'certificate', 'valid_until'], people[0]!, people[0]!]))),
  ).rejects.toThrow(/甲 stands there twice/);
  const others = write('others.tsv', tsv([['id'], ['913206000000000099']]));
  await expect(
    run('assign', '--record', record, '--day', '2026-12-01', '--subjects', others, '--inspectors', inspectors),
  ).rejects.toThrow(/neither drawn nor in the reserve/);
});
