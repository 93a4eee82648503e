const MiB = 1024 * 1024;

export interface BrokerPorts {
  port: number;
  controllerPort: number;
}

/**
 * server.properties of a one-node broker in KRaft mode on loopback. Factors are 1 because there is one node; topics are
 * created by who uses them, never by a misspelt name. `more` adds to these values or replaces them. The broker is started in its
 * directory: `log.dirs` is a list, in which a path with a comma cannot be written.
 */
export function brokerProperties(
  { port, controllerPort }: BrokerPorts,
  more: Readonly<Record<string, string>> = {},
): string {
  const values: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'log.dirs': 'log',
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // An event may be 4 MiB; a batch of such events travels as one request.
    'message.max.bytes': 16 * MiB,
    'replica.fetch.max.bytes': 16 * MiB,
    // Longer than workers are away, and bounded by size whatever comes in; docs/operate/sizing.md, “Retention”. Only closed
    // segments are removed, so a partition may hold one more.
    'log.retention.hours': 7 * 24,
    'log.retention.bytes': 1024 * MiB,
    'log.segment.bytes': 128 * MiB,
    'log.cleanup.policy': 'delete',
    // The broker's own topics: what groups committed is compacted, what it knows of the cluster is kept in snapshots.
    'offsets.topic.segment.bytes': 16 * MiB,
    'metadata.log.segment.bytes': 16 * MiB,
    'metadata.max.retention.bytes': 64 * MiB,
    'metadata.max.retention.ms': 7 * 24 * 3_600_000,
    ...more,
  };
  return `${Object.entries(values)
    .map(([name, value]) => `${name}=${escaped(String(value))}`)
    .join('\n')}\n`;
}

/** As java.util.Properties reads it from a file in Latin-1. */
const escaped = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replace(/^ /, '\\ ')
    .replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
