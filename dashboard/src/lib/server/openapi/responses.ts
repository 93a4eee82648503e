/** The answers that many routes share, as OpenAPI response objects. */
import type { schemas } from './schemas.ts';

const header = (description: string, schema: object) => ({ description, required: true, schema });
const requestId = { 'x-request-id': header('Names this request in the log', { type: 'string', format: 'uuid' }) };
const retryAfter = { 'retry-after': header('Seconds to wait before asking again', { type: 'integer', minimum: 0 }) };

const answer = (description: string, type: string, schema: object, headers: object = {}) => ({
  description,
  headers: { ...requestId, ...headers },
  content: { [type]: { schema } },
});

export const schemaRef = (schema: keyof typeof schemas) => ({ $ref: `#/components/schemas/${schema}` });

export const json = (description: string, schema: object) => answer(description, 'application/json', schema);
export const text = (description: string, type: string) => answer(description, type, { type: 'string' });
export const csv = () =>
  answer(
    'UTF-8 with a byte order mark',
    'text/csv',
    { type: 'string' },
    {
      'content-disposition': header('The name of the file', { type: 'string', pattern: '^attachment;' }),
    },
  );
export const workbook = () =>
  answer(
    'A workbook (xlsx): codes as text, days as dates, the header frozen',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    { type: 'string', format: 'binary' },
    {
      'content-disposition': header('The name of the file', { type: 'string', pattern: '^attachment;' }),
    },
  );
export const arrow = (columns: string) =>
  answer(
    `Arrow IPC stream, uncompressed, within the caller’s scope: ${columns}`,
    'application/vnd.apache.arrow.stream',
    { type: 'string', format: 'binary' },
  );
export const problem = (description: string, headers?: object) =>
  answer(description, 'application/problem+json', schemaRef('Problem'), headers);
export const away = (description: string) => problem(description, retryAfter);

/** Of answers that change only with a refresh or a publication: they carry a weak entity tag. */
export const notModified = {
  304: {
    description: 'Nothing has changed since the answer whose entity tag `If-None-Match` names',
    headers: { ...requestId, etag: header('The entity tag', { type: 'string' }) },
  },
};

/** What any route for people who signed in may answer instead. */
export const refusals = {
  400: problem('A parameter that is none of the values named here'),
  401: problem('Not signed in', {
    'www-authenticate': header('The session is a cookie, set by the sign-in link', { type: 'string' }),
  }),
  403: problem('Outside the roles or the scope of the account'),
  500: problem('A fault of the product; the log has it under the request id'),
  503: away('The warehouse does not answer'),
};
