/** The forms that query parameters take: what fits, how that is said in both languages, and examples of what does and does not. */

import { isAreaCode } from '@hengjian/contract/schema/area-code.ts';
import { isCalendarDay } from '@hengjian/contract/schema/calendar-day.ts';
import { isQuarter, isUnitId } from '@hengjian/contract/schema/formats.ts';
import { parsePeriod } from '@hengjian/models/calendar/period.ts';
import { CURSOR } from '#accounts/access-log-rows.ts';

/** A text in Chinese and in English, as the end of a sentence. */
export type Worded = readonly [zh: string, en: string];

export interface QueryForm {
  /** Whether a value that is not empty may be this; that something of this name exists is the page's business. */
  fits: (value: string) => boolean;
  is: Worded;
  examples: { good: readonly [string, ...string[]]; wrong: readonly [string, ...string[]] };
  /** May stand several times, as the choices of a list do. */
  several?: true;
}

const matching = (form: RegExp, is: Worded, good: QueryForm['examples']['good'], wrong: string[] = []): QueryForm => ({
  fits: (value) => form.test(value),
  is,
  examples: { good, wrong: ['<script>', ...wrong] },
});

export const oneOf = (values: readonly [string, ...string[]]): QueryForm => ({
  fits: (value) => values.includes(value),
  is: [`${values.join('、')} 之一`, `one of ${values.join(', ')}`],
  examples: { good: values, wrong: [`${values[0]}x`, values[0].toUpperCase().concat('!'), "'"] },
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** What people search for or what another system names: any text of one line. @param most characters (UTF-16 units) */
export const text = (most: number): QueryForm => ({
  fits: (value) => value.length <= most && !CONTROL.test(value),
  is: [`不超过 ${most} 个字符的单行文字`, `a text of one line of at most ${most} characters`],
  examples: { good: ['甲 “1” <2>', 'x'.repeat(most)], wrong: ['a\u0000b', 'a\nb', 'x'.repeat(most + 1)] },
});

/** A field that a person fills in, in a form that says itself what is wrong with it. */
export const typed: QueryForm = {
  fits: (value) => value.length <= 2000 && !CONTROL.test(value.replace(/[\r\n\t]/g, '')),
  is: ['不超过 2000 个字符的文字', 'a text of at most 2000 characters'],
  examples: { good: ['甲\r\n乙', '-1'], wrong: ['a\u0000b', 'x'.repeat(2001)] },
};

/** A choice of several. */
export const severalOf = (form: QueryForm): QueryForm => ({ ...form, several: true });

const whole = (most: number, is: Worded): QueryForm => ({
  fits: (value) => /^\d{1,15}$/.test(value) && Number(value) >= 1 && Number(value) <= most && !value.startsWith('0'),
  is,
  examples: { good: ['1', String(most)], wrong: ['0', '-1', '1.5', '01', 'x', '1e3', String(most + 1)] },
});

const isMonday = (value: string) => isCalendarDay(value) && new Date(`${value}T00:00:00Z`).getUTCDay() === 1;

export const period: QueryForm = {
  fits: (value) => parsePeriod(value) !== null,
  is: ['2025Q2、2025-04 或 2025 这样的期间', 'a period like 2025Q2, 2025-04 or 2025'],
  examples: { good: ['2025Q2', '2025-04', '2025'], wrong: ['2025Q5', '2025-13', '1999Q1', '25Q2', '\u0000', '2025q2'] },
};
export const quarter: QueryForm = {
  fits: isQuarter,
  is: ['2025Q2 这样的季度', 'a quarter like 2025Q2'],
  examples: { good: ['2025Q2'], wrong: ['2025Q5', '2025-04', '2025', 'x'] },
};
export const monday: QueryForm = {
  fits: isMonday,
  is: ['某周的星期一，写作 YYYY-MM-DD', 'a Monday written YYYY-MM-DD'],
  examples: { good: ['2025-04-07'], wrong: ['x', '2025-02-30', '2025-04-08', '20250407', '2025-04-07T00:00'] },
};
export const day: QueryForm = {
  fits: isCalendarDay,
  is: ['日期，写作 YYYY-MM-DD', 'a day written YYYY-MM-DD'],
  examples: { good: ['2025-04-01'], wrong: ['x', '2025-02-30', '20250401', '2025-04-01T00:00'] },
};
export const unit: QueryForm = {
  fits: isUnitId,
  is: ['单位代码', 'a unit id'],
  examples: { good: ['scjg', '市监局'], wrong: ['a b', "'", 'x'.repeat(65), '\u202escjg'] },
};
export const area: QueryForm = {
  fits: isAreaCode,
  is: ['区域代码', 'an area code'],
  examples: { good: ['320671001', '开发区-1'], wrong: ['a b', '990000', "'"] },
};
/** Of a place: `none` is what names no area. */
export const areaOrNone: QueryForm = {
  fits: (value) => value === 'none' || isAreaCode(value),
  is: ['区域代码，或 none', 'an area code, or none'],
  examples: { good: ['320671001', 'none'], wrong: ['a b', 'None!', "'"] },
};
export const account: QueryForm = {
  fits: (value) => /^\s*[\p{L}\p{N}._: -]{1,70}\s*$/u.test(value) && !CONTROL.test(value),
  is: ['一个账号的名称', 'the name of an account'],
  examples: { good: ['key:表格', 'zhang.san'], wrong: ['a\nb', '<a>', 'x'.repeat(71)] },
};
export const route = matching(
  /^\/[\w.[\]/-]{0,128}$/,
  ['/units/[unit] 这样的路由', 'a route like /units/[unit]'],
  ['/units/[unit]'],
  ['units', '/a b'],
);
export const industry = matching(
  /^(?:[A-T]\d{0,4}|\d{1,4})$/,
  ['GB/T 4754 的门类字母或代码', 'a section letter or code of GB/T 4754'],
  ['C', '2710'],
  ['c', 'Z', 'CC', '12345'],
);
/** A risk tier; the alphabet is data. */
export const tier = matching(/^[A-Z]$/, ['等级字母', 'a letter of the tiers'], ['A', 'D'], ['a', 'AB', '1']);
/** Of an item, a cause, a reason, a kind, a rule set. */
export const name = matching(
  /^[\w.:-]{1,64}$/,
  ['由字母、数字和 . _ : - 组成的名称（1–64 个字符）', 'a name of 1–64 letters, digits and . _ : -'],
  ['claimed_late', 'x'.repeat(64)],
  ['a b', 'a\nb', 'x'.repeat(65), '名'],
);
export const year = matching(/^20\d\d$/, ['2025 这样的年份', 'a year like 2025'], ['2025'], ['25', '1999', '2025Q1']);
export const month = matching(
  /^20\d\d-(?:0[1-9]|1[0-2])$/,
  ['2025-06 这样的月份', 'a month like 2025-06'],
  ['2025-06'],
  ['2025-13', '2025Q2', '1999-01'],
);
export const page = whole(10_000, ['从 1 到 10000 的页码', 'a page number from 1 to 10000']);
export const publicationNumber = whole(9_999_999, ['从 1 起的发布编号', 'the number of a publication, from 1']);
export const step = matching(
  /^(?:0|[1-9]\d{0,2})$/,
  ['从 0 到 999 的步骤', 'a step from 0 to 999'],
  ['0', '7'],
  ['-1', '01', '1000', 'x'],
);
export const moment = matching(
  /^\d{1,13}$/,
  ['自 1970 年起的毫秒数', 'a time in milliseconds since 1970'],
  ['1764000000000'],
  ['now', '-1', '1e13', '12345678901234'],
);
export const sha256 = matching(
  /^[0-9a-f]{64}$/,
  ['64 位小写十六进制的 SHA-256', 'a SHA-256 of 64 lower-case hexadecimal digits'],
  ['0'.repeat(64)],
  ['0'.repeat(63), 'x'],
);
/** Where a page of the access log ended. */
export const logCursor = matching(
  CURSOR,
  ['访问日志翻页的位置', 'where a page of the log ended'],
  ['1764000000000-a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d'],
  ['1', '1764000000000', '-a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d'],
);
/** A part of the page that is shown on request. */
export const flag = oneOf(['1']);
