import type { Warehouse } from '@hengjian/warehouse';
import { listAccounts, saveAccount } from './account-store.ts';
import { createSignInToken, signInAddress } from './sign-in-link.ts';

/** Name of the account that the first start creates. */
export const firstAccountName = 'office';

/**
 * The one-time link that the first start prints: creates the account `office` (roles office and admin) when there is
 * none. As long as nobody has ever signed in, every start gives a fresh link, so that one missed on the terminal is no
 * dead end; afterwards nothing.
 */
export async function firstStartLink(warehouse: Warehouse, base: string): Promise<string | undefined> {
  const accounts = await listAccounts(warehouse);
  if (accounts.length === 0) {
    const account = {
      name: firstAccountName,
      roles: ['office', 'admin'] as const,
      units: [],
      areas: [],
      disabled: false,
    };
    await saveAccount(warehouse, account, 'first start');
  } else {
    const [row] = await warehouse.query<{ claims: number }>(`SELECT count() AS claims FROM sign_in_claims`);
    if ((row?.claims ?? 0) > 0 || !accounts.some((account) => account.name === firstAccountName)) return undefined;
  }
  return signInAddress(base, await createSignInToken(warehouse, firstAccountName));
}
