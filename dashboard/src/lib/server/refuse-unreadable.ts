import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { answerUnreadable, beginAnswer, type UnreadableFault } from '@hengjian/contract/unreadable-request.ts';
import type { Parts } from './parts.ts';
import { securityHeaders } from './security-headers.ts';

/** What never becomes a request (an address of 20 KB, no HTTP) is answered with the headers of every answer, and logged like one of nobody. */
export function refuseUnreadable(server: Server, { accessLog, metrics }: Pick<Parts, 'accessLog' | 'metrics'>): void {
  server.prependListener('request', (_request, response) => beginAnswer(response));
  server.on('clientError', (error: UnreadableFault, socket: Socket) => {
    const request_id = randomUUID();
    const address = socket.remoteAddress ?? '';
    const status = answerUnreadable(error, socket, { ...securityHeaders, 'x-request-id': request_id });
    if (status === undefined) return;
    metrics.requests.observe({ route: 'none', status: String(status) }, 0);
    const unread = { account: '', method: '', route: '', path: '', duration_ms: 0 };
    accessLog.record({ ...unread, at: new Date().toISOString(), request_id, address, status });
  });
}
