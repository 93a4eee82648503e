import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => Response.json(locals.parts.documents.asyncapi);
