import { dayText } from './calendar.ts';
import { quarterOf } from './quarter.ts';

export type ListKind = 'licence' | 'dishonest';
/** A list names at most this many decisions, so that at benchmark volume its event stays below a megabyte. */
const LIST_ROWS = 2000;

export interface Decision {
  uscc: string;
  docNo: string;
  decided: number;
  entered: boolean;
}

/** What each unit decided in each quarter: the source of its quarterly lists. */
export class Ledger {
  private readonly decisions = new Map<string, Decision[]>();

  record(unit: number, kind: ListKind, decision: Decision): void {
    const key = `${kind}/${unit}/${quarterOf(decision.decided)}`;
    let list = this.decisions.get(key);
    if (list === undefined) {
      list = [];
      this.decisions.set(key, list);
    }
    // At volume the open ones are kept first: they are what a list is compared for.
    if (list.length < (decision.entered ? LIST_ROWS / 2 : LIST_ROWS)) list.push(decision);
  }

  take(unit: number, kind: ListKind, quarter: number): Decision[] {
    const key = `${kind}/${unit}/${quarter}`;
    const list = this.decisions.get(key) ?? [];
    this.decisions.delete(key);
    return list;
  }
}

export const listRow = (decision: Decision): string =>
  `{"uscc":"${decision.uscc}","doc_no":"${decision.docNo}","decided_on":"${dayText(decision.decided)}"}`;
