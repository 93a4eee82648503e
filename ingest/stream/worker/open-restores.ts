import type { Warehouse } from '@hengjian/warehouse';

export interface ClaimedPartitions {
  warehouse: Warehouse;
  topic: string;
  parts: readonly number[];
}

/** Restores that a partition was not set back for yet (follow-restores.ts). */
export const openRestores = ({
  warehouse,
  topic,
  parts,
}: ClaimedPartitions): Promise<{ part: number; restore: string }[]> =>
  warehouse.query(
    `SELECT part, restore FROM (SELECT arrayJoin({parts:Array(Int32)}) AS part, id AS restore FROM restores)
     WHERE (part, restore) NOT IN (SELECT part, restore FROM followed_restores WHERE topic = {topic:String})`,
    { topic, parts: [...parts] },
  );
