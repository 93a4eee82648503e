import { DEPARTMENT, REGION, SOURCE, TYPE } from './envelope-members.ts';
import { endOfText } from './json-bytes.ts';
import { type Term, TermGuesses, type Terms, type TermTable, type TypeTerm } from './term.ts';

type TermMember = typeof SOURCE | typeof TYPE | typeof DEPARTMENT | typeof REGION;

/** The terms of the envelope that is being read: each guessed by four of its bytes, else looked up. */
export class EnvelopeTerms {
  source: Term | undefined;
  type: TypeTerm | undefined;
  department: Term | undefined;
  region: Term | undefined;
  readonly #terms: Terms;
  /** By bytes behind "https://", behind "push.", the first, and behind the county's code. */
  readonly #sources = new TermGuesses(8);
  readonly #types = new TermGuesses<TypeTerm>(5);
  readonly #departments = new TermGuesses(0);
  readonly #regions = new TermGuesses(5);

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  /** Reads the text at `start` into the field of this member; undefined there: not known. @returns its end, or −1 */
  endOfTerm(member: TermMember, view: DataView, bytes: Buffer, start: number, end: number): number {
    switch (member) {
      case SOURCE:
        this.source = this.#sources.at(view, bytes, start);
        if (this.source) return start + this.source.known.length;
        break;
      case TYPE:
        this.type = this.#types.at(view, bytes, start);
        if (this.type) return start + this.type.known.length;
        break;
      case DEPARTMENT:
        this.department = this.#departments.at(view, bytes, start);
        if (this.department) return start + this.department.known.length;
        break;
      case REGION:
        this.region = this.#regions.at(view, bytes, start);
        if (this.region) return start + this.region.known.length;
    }
    const close = endOfText(bytes, start, end);
    if (close < 0) return -1;
    const { sources, types, departments, regions } = this.#terms;
    switch (member) {
      case SOURCE:
        this.source = found(sources, this.#sources, view, bytes, start, close);
        break;
      case TYPE:
        this.type = found(types, this.#types, view, bytes, start, close);
        break;
      case DEPARTMENT:
        this.department = found(departments, this.#departments, view, bytes, start, close);
        break;
      case REGION:
        this.region = found(regions, this.#regions, view, bytes, start, close);
    }
    return close;
  }
}

function found<T extends Term>(
  table: TermTable<T>,
  guesses: TermGuesses<T>,
  view: DataView,
  bytes: Buffer,
  start: number,
  end: number,
): T | undefined {
  const term = table.find(bytes, start, end);
  if (term) guesses.learn(view, bytes, start, term);
  return term;
}
