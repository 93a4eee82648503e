/** The peer of the workers: ClickHouse's own Kafka table engine and a materialized view into a table like ours. */
import type { Warehouse } from '@hengjian/warehouse';
import { ENVELOPE } from './peer-insert.ts';
import { untilStored } from './until-stored.ts';

export interface KafkaEngineRun {
  brokers: string;
  topic: string;
  records: number;
  /** Each run reads the topic from its beginning, as a consumer group of its own. */
  run: number;
}

/** Seconds from the creation of the tables until the records are stored. Nothing is checked, no duplicate found. */
export async function kafkaEngine(
  warehouse: Warehouse,
  { brokers, topic, records, run }: KafkaEngineRun,
): Promise<number> {
  await warehouse.command('CREATE TABLE peer AS events');
  const queue = ENVELOPE.replaceAll(/(\w+) String/g, '`$1` String');
  const started = performance.now();
  await warehouse.command(
    `CREATE TABLE peer_queue (${queue}) ENGINE = Kafka SETTINGS kafka_broker_list = '${brokers}', kafka_topic_list = '${topic}',
      kafka_group_name = 'peer-${run}', kafka_format = 'JSONEachRow', kafka_num_consumers = 2, kafka_thread_per_consumer = 1,
      kafka_max_block_size = 100000, kafka_skip_broken_messages = 1000000`,
    undefined,
    { input_format_json_read_objects_as_strings: 1 },
  );
  await warehouse.command(
    `CREATE MATERIALIZED VIEW peer_view TO peer AS SELECT source, id, type,
      parseDateTime64BestEffortOrZero(time, 6, 'Asia/Shanghai') AS time, department, region, subject, data,
      now64(6) AS recorded_at, 'kafka' AS origin_kind, _topic AS origin, toInt32(_partition) AS origin_part, toUInt64(_offset) AS origin_pos
      FROM peer_queue`,
  );
  // Broken records are skipped by it, so the last percent is not waited for.
  const seconds = await untilStored(warehouse, ['peer'], Math.floor(records * 0.998), started);
  for (const table of ['peer_view', 'peer_queue', 'peer']) await warehouse.command(`DROP TABLE ${table} SYNC`);
  return seconds;
}
