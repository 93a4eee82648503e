import { readFileSync } from 'node:fs';
import { familyOf, statFields } from './process-family.ts';

/** Who had the machine's processors, as shares of all of them. */
export interface ProcessorShares {
  /** the processes watched and what they started */
  product: number;
  /** whoever sends: this process, and k6 */
  sender: number;
  /** everybody else: what makes a measurement worse than the machine is */
  others: number;
}

/** Counts (`/proc`) from now to `stop`; processes that start and end in between count as others. */
export function watchProcessor(roots: readonly number[]): { stop(): ProcessorShares } {
  const before = { machine: machineTicks(), product: ticksOf(roots), sender: senderTicks(roots) };
  return {
    stop() {
      const machine = machineTicks();
      const all = machine.all - before.machine.all;
      const product = ticksOf(roots) - before.product;
      const sender = senderTicks(roots) - before.sender;
      const busy = machine.busy - before.machine.busy;
      return { product: product / all, sender: sender / all, others: Math.max(0, busy - product - sender) / all };
    },
  };
}

function machineTicks(): { all: number; busy: number } {
  const [user, nice, system, idle, wait, interrupt, soft, stolen] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const busy = user! + nice! + system! + interrupt! + soft! + stolen!;
  return { all: busy + idle! + wait!, busy };
}

/** User and system time, with that of children that have ended. */
function ticksOf(roots: readonly number[]): number {
  return familyOf(roots).reduce((sum, pid) => {
    try {
      return (
        sum +
        statFields(pid)
          .slice(11, 15)
          .map(Number)
          .reduce((a, b) => a + b)
      );
    } catch {
      return sum;
    }
  }, 0);
}

/** This process with k6, less the product, which it started as well. */
const senderTicks = (roots: readonly number[]): number => ticksOf([process.pid]) - ticksOf(roots);
