/** With which rights a refused event came: a replay has no more (contract §7). */
import { fullRights, unrestrictedRights, type WriteRights } from '@hengjian/contract/write-rights.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { rightsOf } from '../../edge/keys/ingest-key.ts';
import { type KeyChange, keyChanges } from '../../edge/keys/key-log.ts';
import type { RejectSender } from './open-rejects.ts';

/** @returns rights of which each must allow what is sent again; none where nobody has them any more */
export type SenderRights = (sender: RejectSender | undefined) => readonly WriteRights[];

/** @param asOffice whatever came from elsewhere goes through as the office and the registry would send it */
export async function senderRights(warehouse: Warehouse, asOffice: boolean): Promise<SenderRights> {
  const changes = await keyChanges(warehouse);
  return (sender) => {
    // A file at the command line, and a line of it that corrects no reject.
    if (!sender || sender.kind === 'file' || sender.kind === 'replay') return [fullRights(sender?.name ?? 'replay')];
    if (asOffice) return [unrestrictedRights(sender.name)];
    // A producer of the log may send everything; of what came by an edge nobody knows how limited its key was.
    if (sender.kind === 'kafka') return sender.through_edge ? [] : [unrestrictedRights(sender.name)];
    return sender.kind === 'http' ? rightsOfKey(changes.get(sender.name) ?? [], sender.refused_at) : [];
  };
}

/** What the key of this name may now, and what the one might that sent it: another may have been made under the name since. */
function rightsOfKey(changes: readonly KeyChange[], then: number): WriteRights[] {
  const rows = new Set([changes.at(-1), changes.findLast(({ changedAt }) => changedAt <= then)]);
  const inForce = [...rows].flatMap((row) => (row && !row.revoked ? [rightsOf(row)] : []));
  return inForce.length === rows.size ? inForce : [];
}
