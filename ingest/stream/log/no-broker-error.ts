import { CommandError, type Environment, UNAVAILABLE } from '@hengjian/warehouse';

/** No broker answers: for a command the sentence on stderr, for an edge the reason why it takes nothing yet. */
export class NoBrokerError extends CommandError {
  /** The sentence without the way out. */
  readonly what: string;

  constructor({ kafkaBrokers }: Pick<Environment, 'kafkaBrokers'>, reason: string) {
    const what = `No broker answers at ${kafkaBrokers.join(', ')} (KAFKA_BROKERS; ${reason})`;
    super(`${what}: start it (npm run kafka) or correct KAFKA_BROKERS.`, UNAVAILABLE);
    this.what = what;
  }
}
