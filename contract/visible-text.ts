/**
 * Text that others wrote, for a terminal or a page: control characters (Cc) would act on a terminal, format characters
 * (Cf: direction marks and overrides, zero-width signs) hide or reorder what stands beside them. Each shows as the escape
 * that JSON has for it, so JSON text stays JSON of the same value. Unicode Technical Report 36, §2.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const UNSEEN_IN_LINES = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

function escaped(sign: string): string {
  let text = '';
  for (let at = 0; at < sign.length; at += 1) text += `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return text;
}

/** Of several lines: line feeds and tabs stay. */
export const visibleText = (text: string): string => text.replace(UNSEEN_IN_LINES, escaped);

/** Of one line, such as a cell, an id, a source: a line feed would begin a line of its own that looks like ours. */
export const visibleLine = (text: string): string => text.replace(UNSEEN, escaped);
