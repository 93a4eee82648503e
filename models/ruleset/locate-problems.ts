/** Says of each problem of a rule set where it stands: the line, and the clause of the item that it is about. */
import { isCollection, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';

const TOPICS: readonly (readonly [RegExp, (match: RegExpMatchArray) => Finder])[] = [
  [/the duty (\S+)/, ([, duty]) => ({ word: duty! })],
  [/part (\S+) of item (\S+)/, ([, part, item]) => ({ list: 'items', id: item!, inner: ['parts', part!] })],
  [/item (\S+)/, ([, item]) => ({ list: 'items', id: item! })],
  [/unit (\S+)/, ([, unit]) => ({ list: 'units', id: unit! })],
  [/table (\S+)/, ([, table]) => ({ list: 'tables', id: table! })],
  [/parameter (\S+)/, ([, name]) => ({ key: ['parameters', name!] })],
];

interface Finder {
  list?: string;
  id?: string;
  inner?: readonly [string, string];
  key?: readonly string[];
  word?: string;
}

/** @param problems each as a clause; those of the shape begin with the JSON pointer of the place */
export function locateProblems(text: string, problems: readonly string[]): string[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const lineOf = (node: unknown): number | undefined => {
    const range = (node as Node | null | undefined)?.range;
    return range ? lines.linePos(range[0]).line : undefined;
  };
  const byId = (list: unknown, id: string): unknown =>
    isCollection(list)
      ? list.items.find((one) => isMap(one) && String(one.get('id')) === id.replace(/[,;]$/, ''))
      : undefined;
  const nodeOf = ({ list, id, inner, key, word }: Finder): unknown => {
    if (key) return document.getIn(key, true);
    if (word) return undefined;
    const found = byId(document.get(list!, true), id!);
    return inner && isMap(found) ? (byId(found.get(inner[0], true), inner[1]) ?? found) : found;
  };
  return problems.map((problem) => {
    const pointer = /^\/(\S*) /.exec(problem)?.[1]?.split('/');
    const [pattern, finder] = TOPICS.find(([topic]) => topic.test(problem)) ?? [];
    const topic = pattern && finder!(problem.match(pattern)!);
    const node = pointer ? deepest(document, pointer) : topic && nodeOf(topic);
    const line = lineOf(node) ?? (topic?.word ? lineOfWord(text, topic.word) : undefined);
    const item =
      pointer?.[0] === 'items'
        ? document.getIn(pointer.slice(0, 2), true)
        : topic?.list === 'items' && nodeOf({ ...topic, inner: undefined } as Finder);
    const clause = isMap(item) && isScalar(item.get('clause', true)) ? String(item.get('clause')) : undefined;
    return `${line === undefined ? '' : `line ${line}: `}${problem}${clause ? ` (clause: ${shortened(clause)})` : ''}`;
  });
}

/** The node at a JSON pointer, or the nearest one above it that is there. */
function deepest(document: ReturnType<typeof parseDocument>, pointer: readonly string[]): unknown {
  for (let length = pointer.length; length > 0; length -= 1) {
    const node = document.getIn(pointer.slice(0, length), true);
    if (node) return node;
  }
  return document.contents;
}

function lineOfWord(text: string, word: string): number | undefined {
  const name = word.replace(/[,;]$/, '');
  const index = text
    .split('\n')
    .findIndex((line) => new RegExp(`[[, ]${name.replace(/[^\w.-]/g, '')}[\\], ]`).test(`${line} `));
  return index < 0 ? undefined : index + 1;
}

const shortened = (clause: string) => (clause.length > 60 ? `${clause.slice(0, 59)}…` : clause);
