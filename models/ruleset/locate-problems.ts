/** Says of each problem of a rule set where it stands: the line, and the clause of the item that it is about. */
import { isCollection, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';

const TOPICS: readonly (readonly [RegExp, (match: RegExpMatchArray) => Finder])[] = [
  [
    /^parameter (\S+) names ([^\s,]+),(?:.*\(item (\S+) reads it\))?/,
    ([, name, named, item]) => ({ key: ['parameters', name!], named: named!, ...(item ? { clauseOf: item } : {}) }),
  ],
  [/^register (\S+)/, ([, measure]) => ({ list: 'registers', id: measure!, by: 'measure' })],
  [/^library (\S+)/, ([, library]) => ({ key: ['libraries', library!] })],
  [/^in_force /, () => ({ key: ['in_force'] })],
  [/the duty (\S+) of item (\S+);/, ([, duty, item]) => ({ word: duty!, clauseOf: item! })],
  [/the duty (\S+)/, ([, duty]) => ({ word: duty! })],
  [/part (\S+) of item (\S+)/, ([, part, item]) => ({ list: 'items', id: item!, inner: ['parts', part!] })],
  [/item (\S+)/, ([, item]) => ({ list: 'items', id: item! })],
  [/unit (\S+)/, ([, unit]) => ({ list: 'units', id: unit! })],
  [/table (\S+)/, ([, table]) => ({ list: 'tables', id: table! })],
  // ITEM.x is the x of an item.
  [/parameter (\S+)/, ([, name]) => ({ key: ['parameters', name!], clauseOf: name!.split('.')[0]! })],
];

interface Finder {
  list?: string;
  id?: string;
  /** Member by which an entry of the list is found, where it is not `id`. */
  by?: string;
  inner?: readonly [string, string];
  key?: readonly string[];
  /** Text below `key` that it is about. */
  named?: string;
  /** Item whose clause is told. */
  clauseOf?: string;
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
  const byId = (list: unknown, id: string, by = 'id'): unknown =>
    isCollection(list)
      ? list.items.find((one) => isMap(one) && String(one.get(by)) === id.replace(/[,;:]$/, ''))
      : undefined;
  const nodeOf = ({ list, id, by, inner, key, named, word }: Finder): unknown => {
    if (key) return textBelow(document.getIn(key, true), named) ?? document.getIn(key, true);
    if (word) return undefined;
    const found = byId(document.get(list!, true), id!, by);
    return inner && isMap(found) ? (byId(found.get(inner[0], true), inner[1]) ?? found) : found;
  };
  return problems.map((problem) => {
    const pointer = /^\/(\S*) /.exec(problem)?.[1]?.split('/');
    const [pattern, finder] = TOPICS.find(([topic]) => topic.test(problem)) ?? [];
    const topic = pattern && finder!(problem.match(pattern)!);
    const node = pointer ? deepest(document, pointer) : topic && nodeOf(topic);
    const line = lineOf(node) ?? (topic?.word ? lineOfWord(text, topic.word) : undefined);
    const itemId = topic?.list === 'items' ? topic.id : topic?.clauseOf;
    const item =
      pointer?.[0] === 'items'
        ? document.getIn(pointer.slice(0, 2), true)
        : itemId !== undefined && nodeOf({ list: 'items', id: itemId });
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

/** The last scalar of this text below a node: of a list that changes by day, where it stands now. */
function textBelow(node: unknown, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  let found: unknown;
  visit(node as Node, {
    Scalar: (_, scalar) => {
      if (String(scalar.value) === text) found = scalar;
    },
  });
  return found;
}

function lineOfWord(text: string, word: string): number | undefined {
  const name = word.replace(/[,;]$/, '');
  const index = text
    .split('\n')
    .findIndex((line) => new RegExp(`[[, ]${name.replace(/[^\w.-]/g, '')}[\\], ]`).test(`${line} `));
  return index < 0 ? undefined : index + 1;
}

const shortened = (clause: string) => (clause.length > 60 ? `${clause.slice(0, 59)}…` : clause);
