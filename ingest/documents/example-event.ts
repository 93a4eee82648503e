/** One good event of each type, the same at every call. */
import type { EventType } from '@hengjian/contract/schema/event-type.ts';
import type { FormatName } from '@hengjian/contract/schema/formats.ts';

interface Schema {
  type?: string;
  format?: FormatName;
  enum?: readonly string[];
  minimum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  readAs?: Schema;
}

/** Textbook code of GB 32100-2015. */
const USCC = '91350100M000100Y43';

const FORMATS: Record<FormatName, string> = {
  uscc: USCC,
  day: '2025-04-03',
  quarter: '2025Q2',
  period: '2025Q2',
  industry: 'F5212',
  unit: 'scjg',
  area: '320671001',
  written: '情况说明',
};

/** By the member's name, where its kind alone would say little. */
const MEMBERS: Record<string, unknown> = {
  account: 'scjg-01',
  address: '星湖大道 1692 号',
  amount: 5000,
  channel: '12345',
  count: 1280,
  doc_no: '许2025-118',
  event_id: '2025-000416',
  event_source: 'https://permits.example/etdz',
  finding: '未发现问题',
  from: '2025-04-01',
  item: 'dr_single',
  kind: '普通',
  list_kind: '失信被执行人',
  measure: '责令改正',
  name: '某某餐饮有限公司',
  points: 5.5,
  result: '已限制',
  to: '2025-04-03',
  topic: '食品安全',
  year: 2025,
};

export function exampleOf({ type, subject, data }: EventType): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: '2025-000417',
    source: 'https://permits.example/etdz',
    type,
    time: '2025-04-08T15:30:12+08:00',
    department: 'scjg',
    region: '320671001',
    ...(subject === 'free' ? {} : { subject: USCC }),
    data: exampleValue(data as Schema, ''),
  };
}

function exampleValue(schema: Schema, name: string): unknown {
  if (schema.readAs) return exampleValue(schema.readAs, name);
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'object' || schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([member, one]) => [member, exampleValue(one, member)]),
    );
  if (schema.type === 'array') return [exampleValue(schema.items ?? {}, name)];
  if (schema.type === 'boolean') return true;
  if (Object.hasOwn(MEMBERS, name)) return MEMBERS[name];
  if (schema.format) return FORMATS[schema.format];
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0;
  return name.endsWith('_id') ? `${name[0]!.toUpperCase()}-1093` : name.replaceAll('_', ' ');
}
