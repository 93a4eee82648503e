import { openapi } from '#lib/server/openapi/openapi.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) =>
  Response.json(openapi(await locals.parts.documents(), locals.parts.environment.publicUrl));
