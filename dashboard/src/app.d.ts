import type { IncomingMessage } from 'node:http';
import type { Scope } from '@hengjian/contract/scope.ts';
import type { FigureReader } from '@hengjian/models/queries/figure-reader.ts';
import type { Account } from '#accounts/account.ts';
import type { Theme } from '#lib/design/theme.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import type { Parts } from '#lib/server/parts.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** What the reader can do next; shown under the message. */
      wayOut?: string;
      /** Found again in the log. */
      requestId?: string;
    }
    interface Locals {
      requestId: string;
      locale: Locale;
      theme: Theme;
      /** Warehouse, logger and the like of this dashboard. */
      parts: Parts;
      /** Who is signed in; only routes open to everybody are reached without one. */
      account: Account | undefined;
      /** Whether that person, or the key, still may: asked while an answer that lasts is under way. */
      stillIn: () => Promise<boolean>;
      /** Asked with a read key, right or wrong: refusals are problem details, as a program reads them. */
      byKey: boolean;
      /** Seconds after which a refused try may be made again. */
      retryAfter?: number;
      /** The rule set whose scores are shown: `?ruleset=`, else the one chosen in this browser, else the default. */
      ruleset: string;
      /** What that person may see: the argument of every query. Without an account it sees nothing. */
      scope: Scope;
      /** Reads figures of builds and publications for this request: bound to that scope and rule set, nothing twice. */
      figures: FigureReader;
      /** Something went wrong that the next request may not meet. */
      failed?: boolean;
    }
    interface PageData {
      locale: Locale;
      theme: Theme;
      title?: string;
    }
    interface Platform {
      req: IncomingMessage;
    }
  }
}
