import { redirect } from '@sveltejs/kit';
import { callbackAddress, keepFlow } from '#lib/server/oidc-flow.ts';
import { askProvider, oidcOf } from '#lib/server/oidc-refusals.ts';
import { safeBack } from '#lib/server/safe-back.ts';
import type { PageServerLoad } from './$types';

/** To the identity provider. By a link, not a form: the policy for forms would refuse to be led to another site. */
export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const oidc = oidcOf(locals);
  const { address, flow } = await askProvider(locals, () => oidc.begin(callbackAddress(url)));
  keepFlow(event, { ...flow, back: safeBack(url.searchParams.get('back')) });
  redirect(303, address, { external: true });
};
