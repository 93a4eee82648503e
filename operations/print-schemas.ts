/** `hengjian schemas`: the documents that edge and dashboard serve, for machines where neither runs. */
import { openapi } from '@hengjian/dashboard/src/lib/server/openapi/openapi.ts';
import { edgeDocuments } from '@hengjian/ingest/documents/edge-documents.ts';
import { type CommandContext, CommandError } from '@hengjian/warehouse';

/** @throws CommandError for a name that is no document's. */
export function printSchemas(name: string, { environment, stdout }: CommandContext): void {
  const documents = edgeDocuments(environment);
  const found = { asyncapi: documents.asyncapi, openapi: openapi(documents) };
  if (!Object.hasOwn(found, name))
    throw new CommandError(`There is no document ${JSON.stringify(name)}; it is asyncapi or openapi.`);
  stdout.write(`${JSON.stringify(found[name as keyof typeof found], null, 2)}\n`);
}
