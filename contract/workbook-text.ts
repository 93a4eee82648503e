/** A cell holds no more characters. */
const MOST_CHARACTERS = 32_767;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** A text as a cell of a workbook holds it: half a character, or one that XML forbids, would make the file unreadable. */
export const workbookText = (text: string): string =>
  text.replace(FORBIDDEN, '').slice(0, MOST_CHARACTERS).toWellFormed();

/** The same as it is written: what spreadsheets take for the escape of a character (ECMA-376 part 1, 22.9.2.19) is escaped itself. */
export const writtenText = (text: string): string => workbookText(text).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
