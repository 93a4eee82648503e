import { CommandError } from '@hengjian/warehouse';
import { PART_PORTS, type PartName } from './parts.ts';

/** What `listen` says, with the part, the variable and the way out; any other error as it is. */
export function listenError(part: PartName, error: Error): Error {
  const { syscall, code, port = 0, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  const { variable } = PART_PORTS[part];
  if (syscall !== 'listen') return error;
  if (code === 'EADDRINUSE') return takenPort(part, port);
  if (code === 'EACCES')
    return new CommandError(
      `${variable}=${port} may not be used by this account, so the ${part} cannot listen there: set ${variable} to a port from 1024 on.`,
    );
  if (code === 'EADDRNOTAVAIL')
    return new CommandError(
      `LISTEN_HOST=${address} is no address of this machine, so the ${part} cannot listen there: set LISTEN_HOST to one of its own.`,
    );
  return error;
}

export const takenPort = (part: PartName, port: number) =>
  new CommandError(
    `${PART_PORTS[part].variable}=${port} is taken by another program, so the ${part} cannot listen there: stop that program, or set ${PART_PORTS[part].variable} to a free port (0: any).`,
  );
