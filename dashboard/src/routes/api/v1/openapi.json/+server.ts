import { openapi } from '#lib/server/openapi/openapi.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => Response.json(openapi(locals.parts.documents));
