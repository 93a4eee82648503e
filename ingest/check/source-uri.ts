const URI_REFERENCE =
  /^(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=[\]]|%[0-9A-Fa-f]{2})*(?:#(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?$/;
const BAD_SCHEME = /^[^A-Za-z/?#][^/?#]*:/;

/** A URI reference (RFC 3986, as CloudEvents wants `source`) of 1–1,024 characters. */
export function isSourceUri(text: string): boolean {
  return text.length >= 1 && text.length <= 1024 && URI_REFERENCE.test(text) && !BAD_SCHEME.test(text);
}
