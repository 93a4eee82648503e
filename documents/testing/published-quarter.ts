/** For tests: a published quarter of three units, one without an item. */
import type { PublishedQuarter } from '@hengjian/models';

const HASH = 'a'.repeat(64);

export function publishedQuarter(changes: Partial<PublishedQuarter> = {}): PublishedQuarter {
  const claim = { item: 'claim', weight: '10', points: '9099/1000', numerator: 46, denominator: 50, on_time: 40 };
  const draws = { item: 'dr_joint', weight: '10', points: '7', numerator: 1, denominator: null, on_time: null };
  const snapshot: PublishedQuarter['snapshot'] = {
    spec: 'score-snapshot-v1',
    quarter: '2025Q2',
    ruleset: { id: 'nantong-etdz', version: '1.0.0', sha256: HASH },
    cutoff: '2025-07-09',
    units: [
      {
        unit: 'czj',
        rank: 1,
        total: '20',
        items: [
          { ...claim, points: '10' },
          { ...draws, points: '10' },
        ],
      },
      { unit: 'scjg', rank: 2, total: '16099/1000', items: [claim, draws] },
      {
        unit: 'xzsp',
        rank: 3,
        total: '3/2',
        items: [{ ...claim, weight: '65/3', points: '3/2', numerator: 0, denominator: 0, on_time: 0 }],
      },
    ],
  };
  const record: PublishedQuarter['record'] = {
    spec: 'score-publication-v1',
    sequence: 2,
    quarter: '2025Q2',
    number: 1,
    kind: 'published',
    published_at: '2025-07-20T09:00:00.000+08:00',
    as_of: '2025-07-20T08:59:58.123456+08:00',
    snapshot_sha256: 'b'.repeat(64),
    events: { count: 48430, sha256: 'c'.repeat(64) },
    previous: '0'.repeat(64),
    reason: '',
    by: 'office',
  };
  const before = {
    ...snapshot,
    quarter: '2025Q1',
    units: snapshot.units.map((unit) => ({ ...unit, rank: 4 - unit.rank!, total: '10' })),
  };
  return {
    record,
    recordSha256: 'd'.repeat(64),
    snapshot,
    ruleSetName: '计分细则',
    unitNames: new Map([
      ['scjg', '市场监管局'],
      ['czj', '财政局'],
      ['xzsp', '行政审批局'],
    ]),
    items: [
      { item: 'claim', name: '许可主体认领', clause: '附件2-1 第2项' },
      { item: 'dr_joint', name: '跨部门抽查的实施', clause: '附件2-1 第5项' },
    ],
    badges: new Map([['xzsp\tclaim', ['no_business']]]),
    lost: [
      { unit: 'scjg', item: 'claim', kind: 'unclaimed', key: '=1+1', due: '2025-06-16', happened: null },
      { unit: 'scjg', item: 'claim', kind: 'claimed_late', key: 'P2', due: '2025-06-16', happened: '2025-06-17' },
    ],
    marks: [{ unit: 'scjg', item: 'dr_joint', points: 4.5, reason: '核查材料', approver: '联席办' }],
    before: {
      record: { ...record, quarter: '2025Q1', sequence: 1 },
      snapshot: before,
      rulesetText: '',
      recordSha256: HASH,
      claimedSha256: HASH,
      recordedAt: '',
    },
    corrections: [],
    window: { quarter: '2025Q2', shownOn: '2025-07-10', plainUntil: '2025-07-17', until: '2025-07-17' },
    objections: [],
    ...changes,
  };
}
