/** The unified social credit code in a cell (office-files §2): what Excel has made of it is told apart from a wrong code. */
import { usccCheckCharacter, usccProblem } from '@hengjian/contract/schema/uscc.ts';
import { type Cell, cellText, fold, isNothing } from './cell.ts';

export type SubjectProblem = 'no_subject_code' | 'number_damaged' | 'uscc_form' | 'uscc_check_character';

/** Excel keeps 15 digits of a number. */
export const LARGEST_EXACT = 1e15;
/** The plus tells it from a code that happens to hold an E among digits. */
const SCIENTIFIC = /^[+-]?\d+(?:\.\d+)?E\+\d+$/;

/** Whether a long number went through a spreadsheet that kept 15 digits of it, or took it for a day. */
export function isDamagedNumber(cell: Cell): boolean {
  if (typeof cell === 'object') return true;
  if (typeof cell === 'number') return Math.abs(cell) >= LARGEST_EXACT;
  return cell !== undefined && SCIENTIFIC.test(fold(cellText(cell)));
}

/** @returns the code, folded; or what is wrong with it */
export function readSubject(cell: Cell): { code: string } | { problem: SubjectProblem } {
  const code = fold(cellText(cell));
  if (isNothing(code) || code === '0' || code === '1') return { problem: 'no_subject_code' };
  if (typeof cell === 'number' ? cell >= LARGEST_EXACT : SCIENTIFIC.test(code)) return { problem: 'number_damaged' };
  if (code.includes('*') || /^0+$/.test(code) || code === `${'0'.repeat(17)}X` || [...code].length !== 18)
    return { problem: 'no_subject_code' };
  if (/^\d{15}000$/.test(code) && usccCheckCharacter(code) !== '0') return { problem: 'number_damaged' };
  const problem = usccProblem(code);
  return problem ? { problem } : { code };
}
