/** Text of a refused event with control and format characters made visible, so that nothing in it acts or hides. */
export function visibleBytes(text: string): string {
  return text.replace(
    /(?![\n\t])[\p{Cc}\p{Cf}]/gu,
    (sign) => `\\u${sign.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}
