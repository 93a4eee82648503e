/**
 * Kafka's retention counts from the records' own time, which producers set as they like: the time of an event of last
 * year makes its record old enough to be removed at once, before any worker has read it. So the brokers' clock counts.
 */
import kafkajs, { type Admin } from 'kafkajs';

export const APPEND_TIME = { name: 'message.timestamp.type', value: 'LogAppendTime' } as const;

export interface WarningLog {
  warn(fields: object, message: string): void;
}

/** Of Kafka's protocol: set for this topic, not by the broker's file or by default. */
const DYNAMIC_TOPIC_CONFIG = 1;

/** Sets an existing topic to the brokers' clock. Where that is not allowed, says what to do. */
export async function ensureAppendTime(admin: Admin, topic: string, logger: WarningLog): Promise<void> {
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic };
  try {
    const { resources } = await admin.describeConfigs({ resources: [resource], includeSynonyms: false });
    const entries = resources[0]?.configEntries ?? [];
    if (
      entries.some(
        ({ configName, configValue }) => configName === APPEND_TIME.name && configValue === APPEND_TIME.value,
      )
    )
      return;
    // This request replaces all settings of the topic, so those that it has go along.
    const own = entries
      .filter(
        ({ configName, configSource }) => configSource === DYNAMIC_TOPIC_CONFIG && configName !== APPEND_TIME.name,
      )
      .map(({ configName, configValue }) => ({ name: configName, value: configValue }));
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ ...resource, configEntries: [...own, APPEND_TIME] }],
    });
    logger.warn({ topic }, 'retention of the topic counts from the brokers’ clock now, not from what producers say');
  } catch (error) {
    logger.warn(
      { err: error, topic },
      `records of old events may be removed from the topic before they are read; let an administrator of Kafka run: kafka-configs.sh --alter --entity-type topics --entity-name ${topic} --add-config ${APPEND_TIME.name}=${APPEND_TIME.value}`,
    );
  }
}
