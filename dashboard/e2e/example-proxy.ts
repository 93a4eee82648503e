/** For tests: a proxy that does what the examples for nginx and Caddy in docs/operate say, read from the files themselves. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request as requestOf } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const examples = join(import.meta.dirname, '../../docs/operate');

/** What happens to requests whose path begins with `path`. */
interface Rule {
  path: string;
  exact: boolean;
  port?: number;
  headers: Record<string, string>;
  redirect?: string;
}

export const exampleOf = (name: 'nginx.conf' | 'Caddyfile'): string => readFileSync(join(examples, name), 'utf8');

/** The locations of the nginx example: proxy_pass without a path, proxy_set_header, return. @throws for a directive that is not read */
export function nginxRules(text: string): Rule[] {
  return [...text.matchAll(/location (= )?(\S+) \{([^}]*)\}/g)].map(([, exact, path, body]) => {
    const rule: Rule = { path: path!, exact: exact !== undefined, headers: {} };
    for (const line of body!
      .replaceAll(/#.*/g, '')
      .split(';')
      .map((one) => one.trim())) {
      const [name, ...values] = line.split(/\s+/);
      if (name === 'proxy_pass') rule.port = portOf(values[0]!);
      else if (name === 'proxy_set_header') rule.headers[values[0]!.toLowerCase()] = values[1]!.replaceAll('"', '');
      else if (name === 'return' && values[0] === '301') rule.redirect = values[1]!;
      else if (name && !['proxy_http_version', 'client_max_body_size'].includes(name))
        throw new Error(`not read: ${line}`);
    }
    return rule;
  });
}

/** The `handle` blocks of the Caddyfile; Caddy passes Host on and sets the forwarded headers by itself. */
export function caddyRules(text: string): Rule[] {
  const headers = { host: '$host', 'x-forwarded-for': '$proxy_add_x_forwarded_for', 'x-forwarded-proto': '$scheme' };
  return [...text.matchAll(/handle (\S+) \{\s*reverse_proxy (\S+)\s*\}/g)].map(([, path, upstream]) => ({
    path: path!.replace('*', ''),
    exact: false,
    port: portOf(upstream!),
    headers: { ...headers, 'x-forwarded-host': '$host' },
  }));
}

const portOf = (upstream: string): number => {
  const port = /^(?:http:\/\/)?127\.0\.0\.1:(\d+)$/.exec(upstream)?.[1];
  if (!port) throw new Error(`not an address of this machine without a path: ${upstream}`);
  return Number(port);
};

export interface ExampleProxy {
  origin: string;
  /** Where the port of an example leads here. */
  lead(port: number, to: number): void;
  /** Paths asked for that no rule is for. */
  outside: string[];
  /** Event streams that are open now. */
  streams(): number;
  close(): Promise<void>;
}

/** @param scheme as which the proxy says it was reached, whatever it was */
export async function startProxy(rules: readonly Rule[], scheme = 'http'): Promise<ExampleProxy> {
  const ports = new Map<number, number>();
  const outside: string[] = [];
  let streams = 0;
  const server = createServer((request, response) => {
    const path = request.url!.split('?')[0]!;
    const fitting = rules.filter((rule) => (rule.exact ? path === rule.path : path.startsWith(rule.path)));
    const rule = fitting.find(({ exact }) => exact) ?? fitting[0];
    if (rule?.redirect) return void response.writeHead(301, { location: rule.redirect }).end();
    if (!rule?.port) {
      outside.push(path);
      return void response.writeHead(404).end();
    }
    const passed = requestOf({
      port: ports.get(rule.port) ?? rule.port,
      method: request.method,
      path: request.url,
      headers: { ...request.headers, ...filledIn(rule.headers, request, scheme) },
    });
    passed.on('response', (answer) => {
      const isStream = answer.headers['content-type'] === 'text/event-stream';
      if (isStream) streams += 1;
      answer.once('close', () => (streams -= isStream ? 1 : 0));
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead: (port, to) => void ports.set(port, to),
    outside,
    streams: () => streams,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function filledIn(headers: Record<string, string>, { headers: asked, socket }: IncomingMessage, scheme: string) {
  const before = asked['x-forwarded-for'];
  const values: Record<string, string> = {
    // nginx's $host has no port where the port is the usual one, as it is in the example; here it is not.
    $host: asked.host!,
    $scheme: scheme,
    $proxy_add_x_forwarded_for: `${before ? `${before}, ` : ''}${socket.remoteAddress}`,
  };
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, values[value] ?? value]));
}
