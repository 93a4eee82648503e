import { authorize } from '@hengjian/contract/authorize.ts';
import type { Owners } from '@hengjian/contract/owners.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import type { EventChecker } from '../check/event-checker.ts';
import type { Rejection } from '../check/rejection.ts';

/**
 * The steps before an event is written, the same wherever it goes: check, then authorize.
 * @returns undefined when it is good, with `checker.fields` filled; else why it is refused
 */
export function admit(
  checker: EventChecker,
  rights: WriteRights,
  bytes: Buffer,
  start: number,
  end: number,
  validUtf8: boolean,
  owners?: Owners,
): Rejection | undefined {
  const rejection = checker.check(bytes, start, end, validUtf8);
  if (rejection) return rejection;
  const event = checker.fields;
  const refused = authorize(event, rights, owners, checker.limits);
  if (!refused) {
    owners?.admitted?.(event);
    return undefined;
  }
  return {
    ...refused,
    source: event.source.text,
    id: event.bytes.toString('utf8', event.idStart, event.idEnd),
    type: event.type.text,
  };
}
