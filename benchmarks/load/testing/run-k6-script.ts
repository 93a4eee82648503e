/**
 * Runs a script of k6 (`SCRIPT`, default events.k6.js) where there is no k6: stands in for the few modules that it imports,
 * calls its function five times with a different answer each, and prints what it planned, sent and counted as JSON.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';

const script = join(import.meta.dirname, '..', process.env.SCRIPT ?? 'events.k6.js');

const state = {
  posts: [] as { url: string; body: string; authorization: string }[],
  gets: [] as { url: string; cookie: string | undefined }[],
  counted: {} as Record<string, number>,
};
const answers = [
  { status: 202, body: { accepted: 98, duplicate: 1, rejected: [{}] } },
  { status: 202, body: { accepted: 99, duplicate: null, rejected: [{}] } },
  { status: 202, body: { accepted: 98, duplicate: 1, rejected: [] } },
  { status: 503, headers: { 'Retry-After': '1' } },
  { status: 500 },
];

Object.assign(globalThis, {
  __ENV: process.env,
  open: (path: string) => readFileSync(path.startsWith('./') ? join(script, '..', path) : path, 'utf8'),
  k6: {
    post(url: string, body: string, { headers }: { headers: Record<string, string> }) {
      const answer = answers[state.posts.length]!;
      state.posts.push({ url, body, authorization: headers.authorization! });
      return { headers: {}, json: () => answer.body, ...answer };
    },
    get(url: string, { headers }: { headers: Record<string, string> }) {
      state.gets.push({ url, cookie: headers.cookie });
      return { headers: {}, status: state.gets.length === 5 ? 500 : 200 };
    },
    scenario: {
      name: process.env.SCENARIO ?? 'before',
      get iterationInTest() {
        return state.posts.length;
      },
    },
    vu: {
      get idInInstance() {
        return state.gets.length;
      },
    },
    count(name: string, value: number) {
      state.counted[name] = (state.counted[name] ?? 0) + value;
    },
  },
});

const modules: Record<string, string> = {
  k6: 'export const check = (value, checks) => Object.values(checks).every((holds) => holds(value));',
  'k6/data': 'export class SharedArray { constructor(_name, make) { return make(); } }',
  'k6/execution': 'export default { scenario: globalThis.k6.scenario, vu: globalThis.k6.vu };',
  'k6/http': 'export default { get: globalThis.k6.get, post: globalThis.k6.post };',
  'k6/metrics':
    'export class Counter { constructor(name) { this.name = name; } add(value) { globalThis.k6.count(this.name, value); } }',
};

registerHooks({
  resolve(specifier, context, next) {
    return specifier in modules ? { url: `k6:${specifier}`, shortCircuit: true } : next(specifier, context);
  },
  load(url, context, next) {
    const source = url.startsWith('k6:') ? modules[url.slice(3)] : undefined;
    return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
  },
});

const { default: send, options } = await import(script);
for (let n = 0; n < answers.length; n++) send();
console.log(JSON.stringify({ options, ...state }));
