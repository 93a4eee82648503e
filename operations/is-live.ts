import { get } from 'node:http';

/** Whether the part at `url` says anything at all before `signal` aborts; it asks nobody else for that. Never through a proxy. */
export function isLive(url: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    get(`${url}/health/live`, { agent: false, signal }, (response) => {
      response.on('error', () => {}).resume();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}
