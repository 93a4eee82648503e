import type { Locale } from './locale.ts';
import { isMessageKey, translate } from './translate.ts';

/** What the rule set calls an item. */
export interface NamedItem {
  item: string;
  name: string;
  name_en: string;
}

/** Items that have a short name, by the name that the Nantong rule set gives them: other rule sets use the same ids for other things. */
const SHORTENED: Readonly<Record<string, string>> = {
  login: '平台登陆',
  claim: '许可主体认领',
  feedback: '许可主体认领后反馈',
  licence: '行政许可信息录入',
  dishonest: '失信联合惩戒',
  unlicensed: '无证无照联动监管',
  dr_single: '单部门抽查的实施',
  dr_joint: '跨部门抽查的实施',
  dr_publish: '检查结果的回填公示',
  meeting: '参加会议、材料上报',
};

/** Short name of a scoring item, made for columns; one that we have no text for goes by the name its rule set gives it. */
export function itemName(locale: Locale, { item, name, name_en }: NamedItem): string {
  const key = `item.${item}.short`;
  if (isMessageKey(key) && (name === '' || name === item || name === SHORTENED[item])) return translate(locale, key);
  return (locale === 'en' ? name_en : name) || item;
}
