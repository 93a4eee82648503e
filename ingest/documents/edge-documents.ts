import type { Environment } from '@hengjian/warehouse';
import { describeLog } from './asyncapi.ts';
import { edgeOpenapi } from './openapi.ts';

export interface EdgeDocuments {
  openapi: typeof edgeOpenapi;
  asyncapi: ReturnType<typeof describeLog>;
}

/** What the edge serves and the dashboard takes in. Public: holds no address of a broker, no secret. */
export const edgeDocuments = (environment: Pick<Environment, 'kafkaTopic'>): EdgeDocuments => ({
  openapi: edgeOpenapi,
  asyncapi: describeLog(environment),
});
