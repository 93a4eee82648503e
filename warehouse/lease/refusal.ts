import type { LeaseClaim, LeaseKind } from './lease-kinds.ts';
import { describeLease, type LivingLease, SILENT_SECONDS } from './living-leases.ts';

const WAY_OUT: Record<Exclude<LeaseKind, 'scheduler' | 'refresh'>, string> = {
  edge: 'Send to that edge, or stop it',
  import: 'Wait until it has ended, or stop it',
  worker: 'Go through the log with the same KAFKA_BROKERS, or stop it',
};

/** Why `claim` is not granted beside `rival`, and what to do. */
export function refusal(claim: LeaseClaim, rival: LivingLease): string {
  const killed = `If it was killed, try again ${SILENT_SECONDS} seconds later.`;
  const who = capital(describeLease(rival));
  if (rival.kind === 'refresh' || rival.kind === 'scheduler')
    return `${who} has been computing for too long; try again later. ${killed}`;
  if (claim.kind === 'worker' && rival.kind === 'worker')
    return `${who} stores events of ${logOf(rival)} in this warehouse, and this one would store those of ${logOf(claim)}: an event that comes by both would be stored twice. A warehouse takes one topic of one cluster. Set KAFKA_BROKERS and KAFKA_TOPIC as there; to move, let the workers store the rest of the old topic and stop them first. ${killed}`;
  const several = rival.kind === 'worker' ? '' : '; several writers need KAFKA_BROKERS, and all of them the same';
  return `${who} writes into this warehouse, and the ${claim.kind} would not see what it stores: events would be stored twice. ${WAY_OUT[rival.kind]}${several}. ${killed}`;
}

const logOf = ({ topic, cluster }: LeaseClaim) => `topic ${topic} (cluster ${cluster})`;

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
