/**
 * Word, within this process, that an account or a session has changed: who keeps them forgets them. A channel of Node
 * itself, since the built pages hold a copy of these modules of their own.
 */
import { channel } from 'node:diagnostics_channel';

const changes = channel('hengjian:account-changes');

/** To be called once the change is stored. */
export function announceAccountChange(): void {
  changes.publish({});
}

/** Returns how to stop. */
export function onAccountChange(listener: () => void): () => void {
  changes.subscribe(listener);
  return () => void changes.unsubscribe(listener);
}
