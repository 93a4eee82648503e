/** Clock values sort within a day; 22 bits below them number the lines of the day. */
const LINES_PER_DAY = 4_194_304;

class Page {
  bytes = Buffer.allocUnsafeSlow(16_384);
  used = 0;
  keys = new Float64Array(64);
  starts = new Uint32Array(65);
  count = 0;

  add(clock: number, line: string): void {
    if (this.used + line.length * 3 > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.used + line.length * 3));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    if (this.count === this.keys.length) {
      const keys = new Float64Array(this.count * 2);
      keys.set(this.keys);
      this.keys = keys;
      const starts = new Uint32Array(this.count * 2 + 1);
      starts.set(this.starts);
      this.starts = starts;
    }
    this.keys[this.count] = clock * LINES_PER_DAY + this.count;
    this.used += this.bytes.write(line, this.used, 'utf8');
    this.starts[++this.count] = this.used;
  }
}

/** One line of the journal: a byte range that is valid until the next one is taken. */
export interface Line {
  bytes: Buffer;
  start: number;
  end: number;
  /** milliseconds since local midnight */
  clock: number;
}

/**
 * The lines of this and later days, kept as bytes outside the heap, so that a hundred million events need no more
 * memory than what is written ahead (weeks of claims, entries and publications).
 */
export class Journal {
  private readonly pages = new Map<number, Page>();
  private today = Number.NEGATIVE_INFINITY;
  private readonly last: number;

  /** @param last the last day that will be taken; lines of later days are dropped at once */
  constructor(last: number) {
    this.last = last;
  }

  /** Writes a line (with its newline) for a moment of this or a later day. */
  add(day: number, clock: number, line: string): void {
    if (day > this.last) return;
    if (day < this.today) throw new Error(`the journal of day ${day} is closed`);
    let page = this.pages.get(day);
    if (page === undefined) {
      page = new Page();
      this.pages.set(day, page);
    }
    page.add(clock, line);
  }

  /** Takes the lines of a day in order of time and closes the day. */
  *take(day: number): Generator<Line> {
    this.today = day + 1;
    const page = this.pages.get(day);
    if (page === undefined) return;
    this.pages.delete(day);
    const keys = page.keys.subarray(0, page.count).sort();
    const line: Line = { bytes: page.bytes, start: 0, end: 0, clock: 0 };
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as number;
      line.clock = Math.floor(key / LINES_PER_DAY);
      const index = key - line.clock * LINES_PER_DAY;
      line.start = page.starts[index] as number;
      line.end = page.starts[index + 1] as number;
      yield line;
    }
  }
}
