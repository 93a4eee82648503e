import { openapi } from '#lib/server/openapi/openapi.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => Response.json(openapi);
