/**
 * Preloaded into a real process (`node --import`): its wall clock is off by what the file CLOCK_FILE says, in
 * milliseconds, and is set while the process runs. Monotonic time and timers are those of the machine.
 */
import { readFileSync } from 'node:fs';

const LOOK_MS = 50;
const now = Date.now;
let offset = 0;

const look = () => {
  offset = Number(readFileSync(process.env.CLOCK_FILE!, 'utf8'));
};
look();
setInterval(look, LOOK_MS).unref();

const steppedNow = () => now() + offset;
globalThis.Date = new Proxy(Date, {
  construct: (target, args, self) => Reflect.construct(target, args.length > 0 ? args : [steppedNow()], self),
  apply: () => new Date().toString(),
  get: (target, name, self) => (name === 'now' ? steppedNow : Reflect.get(target, name, self)),
});
