/** Events for tests: valid unless something is put in their place. */
export const SOURCE = 'https://platform.example/test';
/** Textbook code of GB 32100-2015. */
export const USCC = '91350100M000100Y43';

let number = 0;

export function event(changes: Record<string, unknown> = {}): Record<string, unknown> {
  number += 1;
  return {
    specversion: '1.0',
    id: `e-${number}`,
    source: SOURCE,
    type: 'login.succeeded',
    time: '2025-04-01T09:00:00+08:00',
    department: 'scjg',
    data: { account: 'scjg1' },
    ...changes,
  };
}

export const line = (changes: Record<string, unknown> = {}): string => JSON.stringify(event(changes));
