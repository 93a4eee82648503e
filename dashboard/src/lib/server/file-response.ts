/** A download with a name that old and new clients understand (RFC 6266). */
export function fileResponse({ name, type, bytes }: { name: string; type: string; bytes: Buffer }): Response {
  const plain = name.replace(/[^\w.-]/g, '_');
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
    },
  });
}
