/** Circulars and evidence of published quarters, for pages: what is shown, what is written, and the files. Loaded when first asked for. */
import { createHash } from 'node:crypto';
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Document } from '@hengjian/documents';
import {
  CIRCULAR_SOURCE,
  type CircularFormat,
  type Circulars,
  type CircularTexts,
  DEFAULT_TEXTS,
  issueCircular,
  readCirculars,
  saveCircularTexts,
} from '@hengjian/models/publication/circulars.ts';
import { type Publication, readChain } from '@hengjian/models/publication/read-chain.ts';
import { readEvidence } from '@hengjian/models/publication/read-evidence.ts';
import { type PublishedQuarter, readPublished } from '@hengjian/models/publication/read-published.ts';
import type { Project } from '@hengjian/models/runner/project.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { accountRights, isOffice } from '../accounts/account-rights.ts';
import { type Act, acted } from './act.ts';

export interface CircularActsOptions {
  reader: Warehouse;
  writer: Pick<EventWriter, 'write'>;
  project: (ruleset: string) => Project;
}

/** Which publication: of a rule set and quarter the newest, or the one of that number. */
export interface Asked {
  ruleset: string;
  quarter: string;
  number?: number | undefined;
}

export interface CircularView extends Circulars {
  publication: Publication;
  /** The saved ones, else the usual. */
  texts: CircularTexts;
  document: Document;
}

/** A file to be handed over. */
export interface DocumentFile {
  name: string;
  type: string;
  bytes: Buffer;
}

interface Found {
  publication: Publication;
  published: PublishedQuarter;
  circulars: Circulars;
}

const TYPES: Record<CircularFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

export class CircularActs {
  readonly #options: CircularActsOptions;

  constructor(options: CircularActsOptions) {
    this.#options = options;
  }

  /** Undefined where that was not published, or the scope may not see it. */
  async view(scope: Scope, asked: Asked): Promise<CircularView | undefined> {
    const found = await this.#find(scope, asked);
    if (!found) return undefined;
    const { publication, published, circulars } = found;
    const { buildCircular } = await import('@hengjian/documents');
    const texts = circulars.draft ?? DEFAULT_TEXTS;
    return { ...circulars, publication, texts, document: buildCircular(published, texts) };
  }

  /** @param texts instead of the saved ones */
  async file(
    scope: Scope,
    asked: Asked,
    format: CircularFormat,
    texts?: CircularTexts,
  ): Promise<DocumentFile | undefined> {
    const found = await this.#find(scope, asked);
    return found && circularFile(found, format, texts ?? found.circulars.draft ?? DEFAULT_TEXTS);
  }

  async brief(scope: Scope, asked: Asked): Promise<DocumentFile | undefined> {
    const found = await this.#find(scope, asked);
    if (!found) return undefined;
    const { buildBrief, writeDocument } = await import('@hengjian/documents');
    const { issuer } = found.circulars.draft ?? DEFAULT_TEXTS;
    return fileOf(found.publication, '要情', 'pdf', await writeDocument(buildBrief(found.published, issuer), 'pdf'));
  }

  /** The ranking as bars, as the documents have it; undefined in rule sets without totals too. */
  async chart(scope: Scope, asked: Asked): Promise<string | undefined> {
    const found = await this.#find(scope, asked);
    const { chartSvg, rankingBars } = await import('@hengjian/documents');
    const spec = found && rankingBars(found.published);
    return spec && chartSvg(spec);
  }

  async save(scope: Scope, asked: Asked, texts: CircularTexts): Promise<Act<null> | undefined> {
    const found = await this.#find(scope, asked);
    if (!found) return undefined;
    const { publication } = found;
    return acted(async () => {
      await saveCircularTexts({ publication, texts, write: this.#write(scope), by: scope.account });
      return null;
    });
  }

  /** The file as it is now, with the saved texts, becomes the issued one. */
  async issue(scope: Scope, asked: Asked, format: CircularFormat): Promise<Act<{ sha256: string }> | undefined> {
    const found = await this.#find(scope, asked);
    if (!found) return undefined;
    const { publication, circulars } = found;
    const texts = circulars.draft ?? DEFAULT_TEXTS;
    const file = await circularFile(found, format, texts);
    return acted(async () => {
      const sha256 = createHash('sha256').update(file.bytes).digest('hex');
      const issued = { format, sha256, bytes: file.bytes.length };
      await issueCircular({ publication, texts, write: this.#write(scope), by: scope.account }, issued);
      return { sha256 };
    });
  }

  /** The issued file made again out of the publication and the texts of then, and whether it is the same bytes. */
  async issued(
    scope: Scope,
    asked: Asked,
    fileSha256: string,
  ): Promise<(DocumentFile & { isSame: boolean }) | undefined> {
    const found = await this.#find(scope, asked);
    const one = found?.circulars.issued.find((candidate) => candidate.fileSha256 === fileSha256);
    if (!found || !one) return undefined;
    const file = await circularFile(found, one.format, one.texts);
    return { ...file, isSame: createHash('sha256').update(file.bytes).digest('hex') === fileSha256 };
  }

  /** All that stands behind the published score of a unit; undefined where there is none. */
  async evidence(scope: Scope, { ruleset, quarter, number }: Asked, unit: string): Promise<DocumentFile | undefined> {
    if (!may(scope, 'evidence', 'export')) return undefined;
    const { reader } = this.#options;
    const publication = await this.#publication(ruleset, quarter, number);
    const evidence = publication && (await readEvidence(reader, publication, unit));
    if (!evidence) return undefined;
    const { writeEvidence } = await import('@hengjian/documents');
    const name = `${quarter}-${ruleset}-${unit}-${publication.record.number}-证据.zip`;
    return { name, type: 'application/zip', bytes: await writeEvidence(evidence) };
  }

  async #publication(ruleset: string, quarter: string, number: number | undefined): Promise<Publication | undefined> {
    return (await readChain(this.#options.reader)).publications.findLast(
      ({ record, snapshot }) =>
        record.quarter === quarter &&
        snapshot.ruleset.id === ruleset &&
        (number === undefined || record.number === number),
    );
  }

  async #find(scope: Scope, { ruleset, quarter, number }: Asked): Promise<Found | undefined> {
    if (!may(scope, 'circulars')) return undefined;
    const { reader, project } = this.#options;
    const publication = await this.#publication(ruleset, quarter, number);
    if (!publication) return undefined;
    const [published, circulars] = await Promise.all([
      readPublished(reader, project(ruleset), publication),
      readCirculars(reader, publication),
    ]);
    return { publication, published, circulars };
  }

  #write(scope: Scope): (events: readonly object[]) => ReturnType<EventWriter['write']> {
    const rights = accountRights(scope, CIRCULAR_SOURCE, isOffice(scope) ? 'all' : [], ['office']);
    return (events) => this.#options.writer.write(events, rights);
  }
}

async function circularFile(
  { publication, published }: Found,
  format: CircularFormat,
  texts: CircularTexts,
): Promise<DocumentFile> {
  const { buildCircular, writeDocument } = await import('@hengjian/documents');
  return fileOf(publication, '通报', format, await writeDocument(buildCircular(published, texts), format));
}

function fileOf({ record, snapshot }: Publication, kind: string, format: CircularFormat, bytes: Buffer): DocumentFile {
  return {
    name: `${record.quarter}-${snapshot.ruleset.id}-${record.number}-${kind}.${format}`,
    type: TYPES[format],
    bytes,
  };
}
