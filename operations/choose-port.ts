import { isFree } from '@hengjian/warehouse/engine/free-port.ts';

/**
 * The port to listen on. A port that somebody chose is taken or refused; where the default is taken by another program,
 * the next free one of the following twenty is used, so that `npm start` just works.
 * @throws Error naming the variable when a chosen port is taken.
 */
export async function choosePort(variable: string, port: number, chosen: boolean): Promise<number> {
  if (port === 0 || (await isFree(port))) return port;
  if (chosen) throw new Error(`${variable}=${port} is taken by another program; stop that or choose another port.`);
  for (let next = port + 1; next <= port + 20; next += 1) if (await isFree(next)) return next;
  throw new Error(`The ports ${port} to ${port + 20} are all taken; set ${variable} to a free one.`);
}
