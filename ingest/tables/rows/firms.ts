/** 市场主体登记信息: registered, cancelled, revoked (office-files §5). */
import { isIndustryCode } from '@hengjian/contract/schema/industry-code.ts';
import { fold } from '../cells/cell.ts';
import { listValue } from '../layouts/layout.ts';
import { type Refusal, type RowEvent, refused } from './row-event.ts';
import {
  dayOf,
  departmentOf,
  eventOf,
  isRefusal,
  type RowReading,
  rowByRow,
  subjectOf,
  type TableSettings,
} from './row-reading.ts';

/** By registering authority and kind of organisation (GB 32100-2015, characters 1 and 2). */
const KINDS: Record<string, string> = { '91': 'enterprise', '92': 'individual', '93': 'cooperative' };

export const readFirms = (settings: TableSettings): RowReading =>
  rowByRow((row) => {
    const subject = subjectOf(row);
    if (isRefusal(subject)) return subject;
    const department = departmentOf(row, settings);
    if (isRefusal(department)) return department;
    const registered = dayOf(row, 'registered');
    if (isRefusal(registered)) return registered;
    const name = row.text('name');
    if (name === '') return refused('missing_member', 'there is no name');
    const industry = industryOf(row.text('industry'), settings);
    if (isRefusal(industry)) return industry;
    const envelope = { department: department.unit, subject: subject.code };
    const events: RowEvent[] = [
      eventOf(row, settings, 'entity.registered', registered, envelope, {
        name,
        kind: KINDS[subject.code.slice(0, 2)] ?? 'other',
        kind_text: row.text('kindtext'),
        industry: industry.code,
        registered_on: registered.day,
        address: row.text('address'),
      }),
    ];
    const state = fold(row.text('state'));
    const isCancelled = state.includes('注销') && !state.includes('未注销') && !state.includes('注销中');
    const approved = row.optionalDay('approved');
    const cancelled = isCancelled ? (row.optionalDay('cancelled') ?? approved) : undefined;
    const revoked = state.includes('吊销')
      ? (row.optionalDay('revoked') ?? (isCancelled ? undefined : approved))
      : undefined;
    if (cancelled)
      events.push(eventOf(row, settings, 'entity.cancelled', cancelled, envelope, { decided_on: cancelled.day }));
    if (revoked) events.push(eventOf(row, settings, 'entity.revoked', revoked, envelope, { decided_on: revoked.day }));
    return { events };
  });

/** A code of GB/T 4754, also as spreadsheets write it (5211.0), or the name of a section. */
function industryOf(text: string, { layout }: TableSettings): { code?: string } | { refused: Refusal } {
  if (text === '') return {};
  const code = fold(text).replace(/\.0+$/, '');
  if (isIndustryCode(code)) return { code };
  const section = listValue(layout, 'industry', text);
  return section === undefined
    ? refused('industry_code', `${JSON.stringify(text.slice(0, 80))} is no code or section of GB/T 4754-2017`)
    : { code: section };
}
