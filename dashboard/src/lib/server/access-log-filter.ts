import { type AccessLogFilter, accessOutcomes } from '#accounts/access-log-rows.ts';
import { EXPORT_ROUTES } from './export-routes.ts';

/** What the address of the log asks for; its parameters have been checked. */
export function accessLogFilter(url: URL): AccessLogFilter {
  const get = (name: string) => url.searchParams.get(name)?.trim() || undefined;
  const outcome = accessOutcomes.find((one) => one === get('outcome'));
  const filter = { account: get('account'), route: get('route'), day: get('day'), outcome, before: get('before') };
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  return { ...given, ...(get('exports') ? { routes: EXPORT_ROUTES } : {}) };
}
