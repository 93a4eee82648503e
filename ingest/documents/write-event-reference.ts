/** `npm run docs`: brings docs/events.md up to date. */
import { writeFileSync } from 'node:fs';
import { renderEventReference } from './event-reference.ts';

writeFileSync(new URL('../../docs/events.md', import.meta.url), renderEventReference());
