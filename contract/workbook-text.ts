/** A cell holds no more characters. */
const MOST_CHARACTERS = 32_767;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text as a cell of a workbook holds it: half a character, or one that XML forbids, would make the file unreadable. */
export const workbookText = (text: string): string =>
  text.replace(FORBIDDEN, '').slice(0, MOST_CHARACTERS).toWellFormed();
