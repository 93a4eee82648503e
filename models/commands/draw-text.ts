import type { Commitment } from '../draw/commit-draw.ts';
import type { DrawRecord } from '../draw/draw-record.ts';
import type { Language } from './language.ts';
import { textTable } from './text-table.ts';

const WORDS = {
  zh: {
    rows: '抽取对象数',
    secret: '秘密值（抽取前保密）',
    commit: '承诺值（现在公布）',
    publish: '请先公布承诺值，并写明将采用的信标及其时间；信标公布后再用 draw run 抽取。',
    cell: '单元',
    expected: '期望数',
    drawn: '抽取',
    rank: '序',
    id: '抽取对象',
    reserve: '备选',
    beacon: '信标',
    seed: '种子',
    result: '结果哈希',
  },
  en: {
    rows: 'rows of the frame',
    secret: 'secret (keep it until the draw)',
    commit: 'commitment (publish it now)',
    publish:
      'Publish the commitment and which beacon of which time will be used; draw by `draw run` once the beacon is out.',
    cell: 'cell',
    expected: 'expected',
    drawn: 'drawn',
    rank: 'rank',
    id: 'drawn object',
    reserve: 'reserve',
    beacon: 'beacon',
    seed: 'seed',
    result: 'result hash',
  },
} as const;

export function commitText({ frame, plan_hash, secret, commit }: Commitment, language: Language): string {
  const words = WORDS[language];
  const rows = [
    [words.rows, String(frame.rows)],
    ['frame.sha256', frame.sha256],
    ['merkle_root', frame.merkle_root],
    ['plan_hash', plan_hash],
    [words.secret, secret],
    [words.commit, commit],
  ];
  return `${textTable(['', ''], rows).trimStart()}\n\n${words.publish}\n`;
}

export function recordText(record: DrawRecord, language: Language): string {
  const words = WORDS[language];
  const cells = record.cells.map(({ key, N, expected, n, pi }) => [
    key.join(' · '),
    String(N),
    pi,
    expected,
    String(n),
  ]);
  const units = (list: DrawRecord['selected']) =>
    list.map(({ id, cell, rank }) => [String(rank), id, record.cells[cell]!.key.join(' · ')]);
  const hashes = [
    ['commit', record.commit],
    [words.beacon, record.beacon],
    [words.seed, record.seed],
    [words.result, record.result_hash],
  ];
  return `${[
    textTable([words.cell, 'N', 'π', words.expected, words.drawn], cells, ['left', 'right', 'right', 'right', 'right']),
    textTable([words.rank, words.id, words.cell], units(record.selected), ['right']),
    ...(record.reserve.length > 0
      ? [textTable([words.rank, words.reserve, words.cell], units(record.reserve), ['right'])]
      : []),
    textTable(['', ''], hashes).trimStart(),
  ].join('\n\n')}\n`;
}
