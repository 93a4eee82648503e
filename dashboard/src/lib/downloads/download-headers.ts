/** Of a download with a name that old and new clients understand (RFC 6266). */
export function downloadHeaders(name: string, type: string): Record<string, string> {
  const plain = name.replace(/[^\w.-]/g, '_');
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
  };
}
