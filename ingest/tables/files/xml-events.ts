/**
 * XML as a stream of tags and texts. Entities of a document type are not expanded and nothing is fetched: a reference to
 * one is an error. What holds no tag or text for long (a comment or an attribute of many MiB) is refused.
 */
import { SaxesParser } from 'saxes';

export interface XmlHandler {
  /** Names come without their prefix. */
  open(name: string, attributes: Record<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

export class XmlError extends Error {}

const LONGEST_SILENCE = 8 * 1024 * 1024;

export class XmlReader {
  readonly #parser = new SaxesParser();
  #silent = 0;

  constructor(handler: XmlHandler) {
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw new XmlError(error.message);
    });
    parser.on('opentag', ({ name, attributes }) => {
      this.#silent = 0;
      handler.open(local(name), attributes as Record<string, string>);
    });
    parser.on('closetag', ({ name }) => {
      this.#silent = 0;
      handler.close(local(name));
    });
    parser.on('text', (text) => {
      this.#silent = 0;
      handler.text(text);
    });
    parser.on('cdata', (text) => {
      this.#silent = 0;
      handler.text(text);
    });
  }

  /** @throws XmlError */
  write(text: string): void {
    this.#parser.write(text);
    this.#silent += text.length;
    if (this.#silent > LONGEST_SILENCE) throw new XmlError('a text, comment or attribute is longer than 8 MiB');
  }

  /** @throws XmlError where the document is cut off */
  end(): void {
    this.#parser.close();
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** An attribute, whatever prefix it has. */
export function attribute(attributes: Record<string, string>, name: string): string | undefined {
  const direct = attributes[name];
  if (direct !== undefined) return direct;
  for (const key in attributes) if (key.endsWith(`:${name}`)) return attributes[key];
  return undefined;
}
