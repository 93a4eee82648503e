import { engineTable } from '#lib/downloads/engine-table.ts';
import { reconciledStatement } from '#lib/downloads/reconciled-table.ts';
import { problem } from '#lib/server/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
  const found = await reconciledStatement(locals, url.searchParams);
  return found.statement === undefined
    ? problem(404, 'unknown_quarter', `There are no scores for ${JSON.stringify(found.unknown)}.`)
    : engineTable(locals.parts, 'arrow', found.statement, found.name);
};
