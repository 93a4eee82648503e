import { downloadHeaders } from '#lib/downloads/download-headers.ts';

export function fileResponse({ name, type, bytes }: { name: string; type: string; bytes: Buffer }): Response {
  return new Response(new Uint8Array(bytes), { headers: downloadHeaders(name, type) });
}
