/** With which rights a refused event came: a replay has no more (contract §7). */
import { fullRights, unrestrictedRights, type WriteRights } from '@hengjian/contract/write-rights.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { rightsOf } from '../../edge/keys/ingest-key.ts';
import { keysInForce } from '../../edge/keys/key-log.ts';
import type { RejectSender } from './open-rejects.ts';

/** @returns undefined where nobody has these rights any more */
export type SenderRights = (sender: RejectSender | undefined) => WriteRights | undefined;

/** @param asOffice whatever came from elsewhere goes through as the office and the registry would send it */
export async function senderRights(warehouse: Warehouse, asOffice: boolean): Promise<SenderRights> {
  const keys = new Map([...(await keysInForce(warehouse)).values()].map((key) => [key.name, key]));
  return (sender) => {
    // A file at the command line, and a line of it that corrects no reject.
    if (!sender || sender.kind === 'file' || sender.kind === 'replay') return fullRights(sender?.name ?? 'replay');
    if (asOffice) return unrestrictedRights(sender.name);
    // A producer of the log may send everything; of what came by an edge nobody knows how limited its key was.
    if (sender.kind === 'kafka') return sender.through_edge ? undefined : unrestrictedRights(sender.name);
    const key = sender.kind === 'http' ? keys.get(sender.name) : undefined;
    return key && rightsOf(key);
  };
}
