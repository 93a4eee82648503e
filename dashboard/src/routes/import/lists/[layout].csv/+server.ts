import { storedListResponse } from '#lib/server/stored-list-response.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params }) => storedListResponse(locals, params.layout, 'csv');
