/**
 * Whether a number of a JSON text is another one as a double (9007199254740993, 1e400), so that programs read it differently. What
 * RFC 8785 writes for a double is not: 1152921504606847000 stands for 2^60.
 *
 * @param source the literal
 */
export function isChangedNumber(value: unknown, source = ''): boolean {
  if (typeof value !== 'number') return false;
  if (!Number.isFinite(value)) return true;
  return /^-?\d+$/.test(source) && source !== String(value) && BigInt(source) !== BigInt(value);
}
