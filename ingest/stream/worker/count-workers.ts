import type { Admin } from 'kafkajs';
import { groupOf } from '../log/topic.ts';

/**
 * How many workers are in the group at this moment, wherever they run; undefined if the brokers do not say. One that died
 * without leaving counts until its session is over (SESSION_MS).
 */
export async function countWorkers(admin: Admin, topic: string): Promise<number | undefined> {
  try {
    const { groups } = await admin.describeGroups([groupOf(topic)]);
    return groups[0]?.members.length;
  } catch {
    return undefined;
  }
}
