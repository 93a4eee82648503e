/** Random logs of what bears on risk, with voids, repairs, removals and ties, from fast-check. */
import fc from 'fast-check';
import type { TestEvent } from '../../testing/load-events.ts';

const SUBJECTS = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'];
const DOCUMENTS = ['D1', 'D2', 'D3'];
const DAYS = [
  '2022-01-15',
  '2024-02-29',
  '2024-06-30',
  '2024-12-31',
  '2025-01-01',
  '2025-03-15',
  '2025-04-30',
  '2025-05-20',
  '2025-06-30',
];

const decided = { decided_on: fc.constant('2025-01-01') };
const MEMBERS: Record<string, Record<string, fc.Arbitrary<unknown>>> = {
  'entity.registered': {
    name: fc.constantFrom('甲', '乙'),
    kind: fc.constant('enterprise'),
    industry: fc.constantFrom('H62', 'F', 'C13', '62'),
    registered_on: fc.constant('2020-01-01'),
    address: fc.constantFrom('one street', 'two street'),
  },
  'entity.cancelled': decided,
  'entity.revoked': decided,
  'penalty.entered': {
    ...decided,
    doc_no: fc.constantFrom(...DOCUMENTS),
    procedure: fc.constantFrom('general', 'summary'),
    amount: fc.constantFrom(50, 100_000, 2_000_000.5),
    kind: fc.constant('罚款'),
  },
  'dishonest.entered': { ...decided, doc_no: fc.constantFrom(...DOCUMENTS), list_kind: fc.constant('x') },
  'repair.approved': { record_id: fc.constantFrom(...DOCUMENTS, 'e1', 'e2', 'e3') },
  'abnormal.listed': { ...decided, reason: fc.constant('x') },
  'abnormal.removed': { ...decided, reason: fc.constant('x') },
  'blacklist.listed': { ...decided, reason: fc.constant('x') },
  'blacklist.removed': { ...decided, reason: fc.constant('x') },
  'result.entered': { task_id: fc.constant('T'), codes: fc.constantFrom(['1'], ['E'], ['A', 'B'], ['8', 'E'], ['12']) },
  'complaint.received': { channel: fc.constant('12345'), topic: fc.constant('x') },
  'order.ignored': {},
  'accident.handled': {},
  'risk.scored': { tier: fc.constantFrom('A', 'B', 'C', 'D') },
  'tier.changed': { tier: fc.constantFrom('A', 'D') },
  'login.succeeded': { account: fc.constant('a') },
};

interface Draft {
  type: string;
  day: string;
  hour: number;
  subject: string;
  data: Record<string, unknown>;
  voids: number;
}

const draft: fc.Arbitrary<Draft> = fc.constantFrom(...Object.keys(MEMBERS), 'event.voided').chain((type) =>
  fc.record({
    type: fc.constant(type),
    day: fc.constantFrom(...DAYS),
    hour: fc.constantFrom(0, 9, 23),
    subject: fc.constantFrom(...SUBJECTS),
    data: fc.record(MEMBERS[type] ?? {}) as fc.Arbitrary<Record<string, unknown>>,
    voids: fc.nat(),
  }),
);

/** Batches of events in the order of recording. A void names an event before it, so no circle closes. */
export function randomRiskLog(batches: number, size: number): fc.Arbitrary<TestEvent[][]> {
  const batch = fc.array(draft, { minLength: size, maxLength: size });
  return fc.array(batch, { minLength: batches, maxLength: batches }).map((drafts) => {
    let n = 0;
    return drafts.map((list) =>
      list.map(({ type, day, hour, subject, data, voids }): TestEvent => {
        const id = `e${n}`;
        const target = n === 0 ? 0 : voids % n;
        n += 1;
        return {
          id,
          source: 's',
          type,
          time: `${day}T${String(hour).padStart(2, '0')}:00:00+08:00`,
          department: 'scjg',
          region: '320671',
          ...(type === 'event.voided' ? {} : { subject }),
          data: type === 'event.voided' ? { event_source: 's', event_id: `e${target}`, reason: 'x' } : data,
        };
      }),
    );
  });
}
