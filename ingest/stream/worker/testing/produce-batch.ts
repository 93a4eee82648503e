/** For tests: a record batch into a partition as it is; kafkajs needs minutes to make one of 100,000 records. */
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect } from 'node:net';

const require = createRequire(import.meta.url);
const Encoder = require('kafkajs/src/protocol/encoder.js');

/** kafka.apache.org/protocol: Produce, version 7: the first with Zstandard. */
const PRODUCE = 0;
const VERSION = 7;

/** @throws with the broker's error code, for what it refuses */
export async function produceBatch(broker: string, topic: string, partition: number, batch: Buffer): Promise<void> {
  const partitions = [new Encoder().writeInt32(partition).writeBytes(batch)];
  const request = new Encoder()
    .writeInt16(PRODUCE)
    .writeInt16(VERSION)
    .writeInt32(1)
    .writeString('test')
    .writeString(null)
    .writeInt16(-1)
    .writeInt32(30_000)
    .writeArray([new Encoder().writeString(topic).writeArray(partitions)]);
  const [host, port] = broker.split(':') as [string, string];
  const socket = connect(Number(port), host);
  await once(socket, 'connect');
  socket.write(new Encoder().writeBytes(request.buffer).buffer);
  let answer: Buffer = Buffer.alloc(0);
  while (answer.length < 4 || answer.length < 4 + answer.readInt32BE(0)) {
    const [more] = (await once(socket, 'data')) as [Buffer];
    answer = Buffer.concat([answer, more]);
  }
  socket.destroy();
  // Length, correlation id, number of topics (4 each), topic (2 + its length), number of partitions, partition (4 each).
  const error = answer.readInt16BE(12 + 2 + answer.readInt16BE(12) + 8);
  if (error !== 0) throw new Error(`the broker refused the batch: error code ${error}`);
}
