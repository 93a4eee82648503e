import { createHash } from 'node:crypto';

/** An answer made with a stand-in for the reader's name, which is left open in it. */
export interface AnswerTemplate {
  status: number;
  headers: [name: string, value: string][];
  /** Text, cut where the name belongs; bytes where it is no text. */
  body: readonly string[] | Uint8Array<ArrayBuffer>;
  /** Scripts in the page that hold the name: their texts, cut, and by what the security policy lets them run. */
  scripts: { cut: readonly string[]; source: string }[];
  bytes: number;
  /** Part of it could not be made, whatever the status says. */
  isFailed?: boolean;
}

const POLICY = 'content-security-policy';
/** Said anew of each answer. */
const OWN = new Set(['content-length', 'etag', 'cache-control']);

/** Names that need no escaping in HTML, in a JavaScript or JSON string, in CSV. */
export function isPlainName(name: string): boolean {
  return /^[\p{L}\p{N}@._-]{1,128}$/u.test(name);
}

/** Of an answer that is held whole; a list of a million rows is none. */
const MOST_BYTES = 8 * 2 ** 20;

/**
 * Reads an answer to its end. @param standIn what stands in it for the name: a word that occurs nowhere else
 * @returns undefined where it is too long to be held, and read no further
 */
export async function answerTemplate(answer: Response, standIn: string): Promise<AnswerTemplate | undefined> {
  const headers = [...answer.headers].filter(([name]) => !OWN.has(name));
  const type = answer.headers.get('content-type') ?? '';
  const body = await wholeBody(answer);
  if (!body) return undefined;
  if (!/^text\/|json/.test(type)) return { status: answer.status, headers, body, scripts: [], bytes: body.byteLength };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const scripts = type.startsWith('text/html') ? scriptsWith(text, standIn) : [];
  // Characters beyond Latin take two bytes.
  const bytes = 2 * (text.length + scripts.reduce((sum, { cut }) => sum + cut.join('').length, 0));
  return { status: answer.status, headers, body: text.split(standIn), scripts, bytes };
}

async function wholeBody({ body }: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends whoever writes it.
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    if (bytes > MOST_BYTES) return undefined;
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** The answer to one reader: headers and body. @param name a plain one, or the stand-in itself */
export function fillIn(
  { headers, body, scripts }: AnswerTemplate,
  name: string,
): { headers: [string, string][]; body: Uint8Array<ArrayBuffer> } {
  if (!Array.isArray(body)) return { headers, body: body as Uint8Array<ArrayBuffer> };
  const policyFor = (policy: string) =>
    scripts.reduce((text, { cut, source }) => text.replaceAll(source, sourceOf(cut.join(name))), policy);
  return {
    headers: headers.map(([header, value]) => [header, header === POLICY ? policyFor(value) : value]),
    body: Buffer.from(body.join(name)),
  };
}

function scriptsWith(html: string, standIn: string): AnswerTemplate['scripts'] {
  return [...html.matchAll(/<script\b[^>]*>(.*?)<\/script>/gs)]
    .map(([, text]) => text!)
    .filter((text) => text.includes(standIn))
    .map((text) => ({ cut: text.split(standIn), source: sourceOf(text) }));
}

/** How a security policy names an inline script by its content. */
function sourceOf(script: string): string {
  return `sha256-${createHash('sha256').update(script).digest('base64')}`;
}
