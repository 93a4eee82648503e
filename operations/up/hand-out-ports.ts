import { CommandError, type Environment } from '@hengjian/warehouse';
import { isFree } from '@hengjian/warehouse/engine/free-port.ts';
import { takenPort } from './listen-error.ts';
import { PART_PORTS, type PartName } from './parts.ts';

/** How far is looked beyond a default that another program has, so that `npm start` just works. */
const BEYOND_DEFAULT = 20;
/** Other workers of this machine, of another `up`, may have as many. */
const BEYOND_WORKER = 64;
const LAST_PORT = 65_535;

type Ports = Pick<Environment, 'listenHost' | (typeof PART_PORTS)[PartName]['setting']>;

/**
 * The port of each process of one `up`, in the order of `processes`; 0 is any free one. What somebody named is given
 * first, so that no other part moves to it: named ports, defaults, and what is left to further workers, which follow WORKER_PORT.
 *
 * @param named which variables were set: such a port is given or refused, a default gives way
 * @throws CommandError naming part, port, variable and way out
 */
export async function handOutPorts(
  processes: readonly PartName[],
  environment: Ports,
  { named, onStatus }: { named: NodeJS.ProcessEnv; onStatus: (message: string) => void },
): Promise<number[]> {
  const given = new Set<number>();
  const handed = processes.map(() => 0);
  for (const { index, part, port, beyond } of askedFor(processes, environment, named)) {
    const { variable } = PART_PORTS[part];
    const last = Math.min(port + beyond, LAST_PORT);
    let next = port;
    while (next <= last && (given.has(next) || !(await isFree(next, environment.listenHost)))) next += 1;
    if (next > last)
      throw last === port
        ? takenPort(part, port)
        : new CommandError(
            `The ports ${port} to ${last} are all taken, so the ${part} cannot listen: set ${variable} to a free one (0: any).`,
          );
    if (part === 'worker' && index === processes.indexOf(part) && next !== port)
      onStatus(`${variable}=${port} is taken by another program; the worker listens on ${next}`);
    given.add(next);
    handed[index] = next;
  }
  return handed;
}

interface Asked {
  index: number;
  part: PartName;
  port: number;
  /** How many ports after it will do as well. */
  beyond: number;
}

/** Those who take what is free by themselves are left out; whoever has the least choice comes first. */
function askedFor(processes: readonly PartName[], environment: Ports, named: NodeJS.ProcessEnv): Asked[] {
  const turns: Asked[][] = [[], [], [], []];
  const names = new Map<number, PartName>();
  for (const [index, part] of processes.entries()) {
    const port = environment[PART_PORTS[part].setting];
    if (port === 0) continue;
    const isFirst = processes.indexOf(part) === index;
    const isNamed = isFirst && Boolean(named[PART_PORTS[part].variable]);
    if (isNamed) {
      const other = names.get(port);
      if (other) throw namedTwice(other, part, port);
      names.set(port, part);
    }
    if (part === 'worker') turns[isFirst ? 1 : 3]!.push({ index, part, port, beyond: BEYOND_WORKER + index });
    else turns[isNamed ? 0 : 2]!.push({ index, part, port, beyond: isNamed ? 0 : BEYOND_DEFAULT });
  }
  return turns.flat();
}

const namedTwice = (one: PartName, other: PartName, port: number) =>
  new CommandError(
    `${PART_PORTS[one].variable} and ${PART_PORTS[other].variable} are both ${port}, but ${one} and ${other} need a port each: set one of them to another (0: any free one).`,
  );
