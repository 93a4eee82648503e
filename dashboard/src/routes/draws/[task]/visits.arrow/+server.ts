import { engineTable } from '#lib/downloads/engine-table.ts';
import { visitsStatement } from '#lib/downloads/visits-table.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
  const { statement, name } = await visitsStatement(locals, params.task);
  return engineTable(locals.parts, 'arrow', statement, name);
};
