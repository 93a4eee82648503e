import { json } from '@sveltejs/kit';
import { waitingEntries } from '#lib/server/waiting-entries.ts';
import type { RequestHandler } from './$types';

/** Beside the pages of a unit, which are kept until the next refresh. */
export const GET: RequestHandler = async ({ locals, params }) => json(await waitingEntries(locals, params.unit));
