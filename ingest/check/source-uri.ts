/** RFC 3986: no scheme that starts with a digit or sign, then the characters of a URI reference and its fragment. */
export const SOURCE_FORM =
  /^(?![^A-Za-z/?#][^/?#]*:)(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=[\]]|%[0-9A-Fa-f]{2})*(?:#(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?$/;
export const MAX_SOURCE_LENGTH = 1024;

/** A URI reference (RFC 3986, as CloudEvents wants `source`) of 1–1,024 characters. */
export function isSourceUri(text: string): boolean {
  return text.length >= 1 && text.length <= MAX_SOURCE_LENGTH && SOURCE_FORM.test(text);
}
