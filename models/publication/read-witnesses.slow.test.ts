import { temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { expect, test } from 'vitest';
import { writeDirectly } from '../testing/write-directly.ts';
import { checkChain } from './check-chain.ts';
import { DEFAULT_TEXTS, issueCircular } from './circulars.ts';
import { readChain } from './read-chain.ts';
import { readWitnesses } from './read-witnesses.ts';

test('an issued circular tells of a publication whose event is gone', async () => {
  const { warehouse, close } = await temporaryWarehouse();
  try {
    const publication = {
      record: { quarter: '2025Q1', snapshot_sha256: 'ef'.repeat(32) },
      recordSha256: 'cd'.repeat(32),
      snapshot: { ruleset: { id: 'nantong-etdz', version: '1.0.0' } },
    } as never;
    const file = { format: 'pdf' as const, sha256: 'ab'.repeat(32), bytes: 1 };
    await issueCircular({ publication, texts: DEFAULT_TEXTS, write: writeDirectly(warehouse), by: 'office' }, file);
    const witnesses = await readWitnesses(warehouse);
    expect(witnesses).toEqual({ noted: new Map(), issued: ['cd'.repeat(32)] });
    expect(checkChain(await readChain(warehouse), witnesses)).toMatchObject([{ check: 'chain', ok: false }]);
  } finally {
    await close();
  }
});
