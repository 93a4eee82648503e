type Named = Record<string, object>;

/** The documents of the ingest room as `startDashboard` is given them: this room knows no event schema. */
export interface IngestDocuments {
  /** OpenAPI 3.1 of the edge. */
  openapi: { paths: Named; components: { schemas: Named; securitySchemes: Named } };
  /** AsyncAPI 3.0 of the event log. */
  asyncapi: object;
}
