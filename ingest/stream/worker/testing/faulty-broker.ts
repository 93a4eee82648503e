/** For tests: a way to a real broker on which one kind of request goes wrong: heartbeats, joins and all else work. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FaultyBroker {
  port: number;
  /** The real broker's port; set before the first connection. */
  target: number;
  /**
   * What becomes of requests about a topic. Of fetches: their connection breaks, or a partition's answer is that the
   * broker's disk fails. Of the next question for committed offsets: the group is still loading; then the fault is gone.
   */
  readonly faults: Map<string, 'break' | 'disk error' | 'group loads'>;
  close(): void;
}

/** kafka.apache.org/protocol, “Api Keys” and “Error Codes”. */
const FETCH = 1;
const OFFSET_FETCH = 9;
const COORDINATOR_LOAD_IN_PROGRESS = 14;
const KAFKA_STORAGE_ERROR = 56;

export async function faultyBroker(): Promise<FaultyBroker> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const broker = connect(faulty.target, '127.0.0.1');
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket
        .on('error', () => {})
        .once('close', () => {
          sockets.delete(socket);
          client.destroy();
          broker.destroy();
        });
    }
    const [requests, answers] = [frames(), frames()];
    const falsify = new Map<number, (answer: Buffer) => void>();
    client.on('data', (bytes: Buffer) => {
      for (const request of requests(bytes)) {
        const [kind, id] = [request.readInt16BE(4), request.readInt32BE(8)];
        const [topic, fault] = [...faulty.faults].find(([topic]) => request.includes(topic)) ?? [];
        if (kind === FETCH && fault === 'break') client.destroy();
        else broker.write(request);
        if (kind === FETCH && fault === 'disk error') falsify.set(id, sayDiskError);
        if (kind !== OFFSET_FETCH || fault !== 'group loads') continue;
        falsify.set(id, sayGroupLoads);
        faulty.faults.delete(topic!);
      }
    });
    broker.on('data', (bytes: Buffer) => {
      for (const answer of answers(bytes)) {
        const id = answer.readInt32BE(4);
        falsify.get(id)?.(answer);
        falsify.delete(id);
        client.write(answer);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const faulty: FaultyBroker = {
    port: (server.address() as AddressInfo).port,
    target: 0,
    faults: new Map(),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return faulty;
}

/** Cuts a stream into messages: 4 bytes of length; in a request then kind (2), version (2), correlation id (4), in an answer the id. */
function frames(): (bytes: Buffer) => Buffer[] {
  let waiting: Buffer = Buffer.alloc(0);
  return (bytes) => {
    const whole: Buffer[] = [];
    waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
    while (waiting.length >= 4) {
      const end = 4 + waiting.readInt32BE(0);
      if (waiting.length < end) break;
      whole.push(waiting.subarray(0, end));
      waiting = waiting.subarray(end);
    }
    return whole;
  };
}

/**
 * Sets the error code of the first partition of a FetchResponse, version 7 to 11: length, correlation id, throttle_time_ms (4
 * each), error_code (2), session_id, number of topics (4 each), topic (2 + its length), number of partitions, partition
 * (4 each), error_code.
 */
function sayDiskError(answer: Buffer): void {
  const topics = answer.readInt32BE(18);
  if (topics > 0) answer.writeInt16BE(KAFKA_STORAGE_ERROR, 22 + 2 + answer.readInt16BE(22) + 8);
}

/** Sets the error code of an OffsetFetchResponse, version 2 to 5: it comes last. */
function sayGroupLoads(answer: Buffer): void {
  answer.writeInt16BE(COORDINATOR_LOAD_IN_PROGRESS, answer.length - 2);
}
