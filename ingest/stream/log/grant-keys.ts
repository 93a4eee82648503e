/**
 * Acts of the product itself never come from a producer of the log; the product's own go through it all the same. So the
 * product marks their records with an HMAC-SHA256 (RFC 2104) of the event's bytes, under a secret that only the warehouse
 * keeps, and workers take such an event with its mark alone.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Warehouse } from '@hengjian/warehouse';

/** A mark that fits no key makes the keys be read again, but not more often than this. */
const READ_AGAIN_MS = 1_000;

export const grantMark = (secret: Buffer, event: Uint8Array): string =>
  createHmac('sha256', secret).update(event).digest('hex');

/** The secret to mark with: the oldest, made if there is none. */
export async function grantKey(warehouse: Warehouse): Promise<Buffer> {
  await warehouse.command(
    `INSERT INTO log_grant_keys SELECT {secret:String}, now64(6) WHERE (SELECT count() FROM log_grant_keys) = 0`,
    { secret: randomBytes(32).toString('hex') },
  );
  return (await secretsOf(warehouse))[0]!;
}

async function secretsOf(warehouse: Warehouse): Promise<Buffer[]> {
  // Two that began at the same moment may have made one each: both count.
  const rows = await warehouse.query<{ secret: string }>('SELECT secret FROM log_grant_keys ORDER BY made_at, secret');
  return rows.map(({ secret }) => Buffer.from(secret, 'hex'));
}

export class GrantKeys {
  readonly #warehouse: Warehouse;
  #secrets: Buffer[] = [];
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** Whether the product itself made this mark for these bytes. @throws when the warehouse does not answer */
  async made(mark: string, event: Uint8Array): Promise<boolean> {
    if (this.#fits(mark, event)) return true;
    if (performance.now() - this.#readAt < READ_AGAIN_MS) return false;
    this.#secrets = await secretsOf(this.#warehouse);
    this.#readAt = performance.now();
    return this.#fits(mark, event);
  }

  #fits(mark: string, event: Uint8Array): boolean {
    const given = Buffer.from(mark);
    return this.#secrets.some((secret) => {
      const made = Buffer.from(grantMark(secret, event));
      return made.length === given.length && timingSafeEqual(made, given);
    });
  }
}
