import type { Random } from './random.ts';

/** What a stream looks like in life: the same event sent twice, and events that break a rule. */
export interface DefectShares {
  /** share of lines sent a second time, minutes to hours later */
  duplicates: number;
  /** share of lines that no check may let through */
  bad: number;
}

export const USUAL_DEFECTS: DefectShares = { duplicates: 0.01, bad: 0.001 };

/** Ways to spoil a good line, each breaking one rule of the contract. */
const SPOILERS: readonly ((line: string) => string)[] = [
  (line) => line.replace(/"department":"[^"]*",/, ''),
  (line) => line.replace(/"time":"([^"]*?)(Z|\+08:00)"/, '"time":"$1"'),
  (line) => line.replace(/"time":"[^"]*"/, '"time":"昨天下午"'),
  (line) => line.replace(/"specversion":"1.0"/, '"specversion":"0.3"'),
  (line) => line.slice(0, Math.floor(line.length * 0.6)),
  (line) => line.replace(/"type":"[^"]*"/, '"type":"penalty.enterd"'),
  (line) => line.replace(/"data":\{.*\}\}/, '"data":"见附件"}'),
  (line) =>
    line.includes('"subject"')
      ? line.replace(
          /"subject":"(.{17})(.)"/,
          (_, head: string, check: string) => `"subject":"${head}${check === '7' ? '8' : '7'}"`,
        )
      : line.replace(/"time":"\d{4}/, '"time":"1999'),
  (line) => line.replace(/"id":"([^"]*)"/, `"id":"$1${'-0'.repeat(32)}"`),
];

/** A good line (which should carry an id of its own) with one rule broken; a line end is kept. */
export function spoil(random: Random, line: string): string {
  const end = line.endsWith('\n') ? '\n' : '';
  return random.pick(SPOILERS)(line.slice(0, line.length - end.length)) + end;
}

/** Puts defects between the good lines without changing them. */
export class Defects {
  private readonly random: Random;
  private readonly shares: DefectShares;
  private untilDuplicate: number;
  private untilBad: number;
  private bad = 0;
  private readonly waiting: { due: number; line: Buffer }[] = [];
  private seen = 0;

  constructor(random: Random, shares: DefectShares) {
    this.random = random;
    this.shares = shares;
    this.untilDuplicate = this.gap(shares.duplicates);
    this.untilBad = this.gap(shares.bad);
  }

  /** Lines to send after a good one. */
  after(bytes: Buffer, start: number, end: number): Buffer[] {
    this.seen++;
    let lines: Buffer[] = NONE;
    if (--this.untilDuplicate <= 0) {
      this.untilDuplicate = this.gap(this.shares.duplicates);
      this.waiting.push({
        due: this.seen + this.random.between(1, 400),
        line: Buffer.from(bytes.subarray(start, end)),
      });
    }
    for (let i = 0; i < this.waiting.length; i++) {
      if (this.waiting[i]!.due > this.seen) continue;
      if (lines === NONE) lines = [];
      lines.push(this.waiting[i]!.line);
      this.waiting.splice(i--, 1);
    }
    if (--this.untilBad <= 0) {
      this.untilBad = this.gap(this.shares.bad);
      const number = ++this.bad;
      const good = bytes.toString('utf8', start, end - 1).replace(/"id":"[^"]*"/, `"id":"bad-${number}"`);
      if (lines === NONE) lines = [];
      lines.push(Buffer.from(`${spoil(this.random, good)}\n`));
    }
    return lines;
  }

  /** Lines from one defect to the next (geometric). */
  private gap(share: number): number {
    return share > 0
      ? Math.ceil(Math.log(1 - this.random.float()) / Math.log(1 - share)) || 1
      : Number.POSITIVE_INFINITY;
  }
}

const NONE: Buffer[] = [];
