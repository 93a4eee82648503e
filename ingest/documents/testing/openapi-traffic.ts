/** For tests: every answer of a running server is held against an OpenAPI document. */
import { documentValidator } from './document-validator.ts';

interface Described {
  paths: Record<string, Record<string, unknown>>;
}

interface Operation {
  responses: Record<string, { headers?: Record<string, DescribedHeader>; content?: Record<string, unknown> }>;
}

interface DescribedHeader {
  required?: boolean;
  schema: { type?: string };
}

export interface OpenapiTraffic {
  /** Throws when the answer is not as described: status, content type, headers, body. @returns the body's text */
  hold(method: string, path: string, response: Response): Promise<string>;
  /** What is wrong with the body of a request. */
  requestErrors(method: string, path: string, type: string, body: unknown): string[];
  /** Documented statuses of one operation that no answer has had. */
  unseen(method: string, path: string): string[];
  /** Operations that were never asked, as `get /path`. */
  unasked(): string[];
}

/** The body; of a stream of events, which has no end, what comes first. */
async function bodyOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  const reader = response.body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** @param document OpenAPI 3.1. Paths are named as it names them, with their `{parameters}`. */
export function openapiTraffic(document: object): OpenapiTraffic {
  const { paths } = document as Described;
  const validator = documentValidator(document);
  const seen = new Map<string, Set<string>>();

  return {
    async hold(method, path, response) {
      const answer = `${method} ${path} ${response.status}`;
      const operation = paths[path]?.[method] as Operation | undefined;
      if (!operation) throw new Error(`${method} ${path} is not described`);
      const described = operation.responses[response.status];
      const body = await bodyOf(response);
      if (!described) throw new Error(`${answer} is not described: ${body.slice(0, 300)}`);
      seen.set(`${method} ${path}`, (seen.get(`${method} ${path}`) ?? new Set()).add(String(response.status)));
      const at = `/paths/${escaped(path)}/${method}/responses/${response.status}`;
      const wrong: string[] = [];
      for (const [name, { required, schema }] of Object.entries(described.headers ?? {})) {
        const text = response.headers.get(name);
        if (text === null) {
          if (required) wrong.push(`header ${name} is missing`);
          continue;
        }
        const value = schema.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
        wrong.push(
          ...validator.errors(`${at}/headers/${name}/schema`, value).map((error) => `header ${name}: ${error}`),
        );
      }
      const type = (response.headers.get('content-type') ?? '').split(';')[0]!.trim();
      if (!described.content && type === '' && body === '') return body;
      if (!Object.hasOwn(described.content ?? {}, type))
        wrong.push(`content type ${type || '(none)'} is not described`);
      else if (/[/+]json$/.test(type))
        wrong.push(...validator.errors(`${at}/content/${escaped(type)}/schema`, JSON.parse(body)));
      if (wrong.length > 0)
        throw new Error(`${answer} is not as described:\n${wrong.join('\n')}\n${body.slice(0, 300)}`);
      return body;
    },
    requestErrors: (method, path, type, body) =>
      validator.errors(`/paths/${escaped(path)}/${method}/requestBody/content/${escaped(type)}/schema`, body),
    unseen(method, path) {
      const had = seen.get(`${method} ${path}`);
      const operation = paths[path]?.[method] as Operation | undefined;
      if (!operation) throw new Error(`${method} ${path} is not described`);
      return Object.keys(operation.responses).filter((status) => !had?.has(status));
    },
    unasked: () =>
      Object.entries(paths).flatMap(([path, operations]) =>
        ['get', 'post', 'put', 'patch', 'delete']
          .filter((method) => method in operations && !seen.has(`${method} ${path}`))
          .map((method) => `${method} ${path}`),
      ),
  };
}
