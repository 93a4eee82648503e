/** Any table of any layout, for property tests: headers in their spellings, and rows that the import takes. */
import { usccCheckCharacter } from '@hengjian/contract/schema/uscc.ts';
import fc from 'fast-check';
import { headerKey, type Layout, spells } from '../layouts/layout.ts';
import type { PlainCell, PlainTable } from './quirky-table.ts';

/** Units that the organs in it are. */
export const UNITS = [
  { id: 'scjg', name: '市场监督管理局', aliases: [] },
  { id: 'shsy', name: '社会事业局', aliases: [] },
];

const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const uscc = fc
  .tuple(fc.constantFrom('91', '92', '93'), fc.array(fc.constantFrom(...ALPHABET), { minLength: 9, maxLength: 9 }))
  .map(([kind, rest]) => `${kind}320671${rest.join('')}`)
  .map((first) => first + usccCheckCharacter(first));
const dayOf = (first: number, last: number) =>
  fc
    .date({ min: new Date(`${first}-01-01`), max: new Date(`${last}-12-31`), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
const organ = fc.constantFrom('市场监督管理局', '社会事业局');
const doc = fc.nat(9_999).map((number) => `演云许可〔2025〕第${number}号`);
const text = (...values: string[]) => fc.constantFrom(...values).map((value): PlainCell => ({ text: value }));
/** Beginnings; a step of what began comes after all of them. */
const ofDay = dayOf(2015, 2019).map((value): PlainCell => ({ day: value }));
const laterDay = (first: number, last = first) =>
  fc.oneof(fc.constant(''), dayOf(first, last)).map((value): PlainCell => ({ day: value }));
const anOrgan = organ.map((value): PlainCell => ({ text: value }));
const ifAny = (cell: fc.Arbitrary<PlainCell>) => fc.oneof(NONE, cell);
const NONE = fc.constant<PlainCell>({ text: '' });
const yuan = fc.constantFrom(15_000, 300, 1200.5, 20_000, 0.01).map((value): PlainCell => ({ yuan: value }));

/** What stands in a column; other columns are left out. */
const CELLS: Record<string, fc.Arbitrary<PlainCell>> = {
  subject: uscc.map((code) => ({ code })),
  name: text('演示云港商贸有限公司', '演示云港餐饮店'),
  doc: doc.map((value) => ({ doc: value })),
  decided: ofDay,
  project: text('食品经营许可', '施工许可'),
  cert: text('YS1', 'YS22'),
  title: text('未按规定经营案'),
  fine: ifAny(yuan),
  confiscated: ifAny(yuan),
  procedure: text('简易', '一般程序', '01'),
  party: text('法人及非法人组织', '个体工商户'),
  matter: text('道路运输经营许可', '特种行业许可'),
  pushed: ofDay,
  task: fc.nat(99_999).map((number): PlainCell => ({ text: `RW-${number}` })),
  done: ofDay,
  drawn: ofDay,
  tname: text('演示抽查任务'),
  stype: text('定向', '不定向'),
  begin: ofDay,
  listed: ofDay,
  reason: text('未在规定期限公示年度报告的', '通过登记的住所或者经营场所无法联系的'),
  account: text('zh1', 'zh22'),
  at: ofDay,
  ob: text('CL-1', 'CL-2'),
  due: ofDay,
  registered: ofDay,
  industry: text('制造业', '5211', 'F52'),
  meeting: text('HY-1'),
  plan: text('JH-1', 'JH-2'),
  pname: text('年报公示信息抽查'),
  year: text('2025', '2024年'),
  filed: ofDay,
  case: text('LC-1', 'LC-2'),
  initiated: ofDay,
  measure: text('限制参与招标投标', '限制取得荣誉'),
  objection: text('YY-1', 'YY-2'),
  record: doc.map((value) => ({ doc: value })),
  content: text('', '食品销售，含冷藏食品'),
  doctitle: text('准予行政许可决定书', ''),
  vfrom: laterDay(2020),
  vto: fc.oneof(laterDay(2026, 2030), text('长期', '永久', '无期限', '长期有效')),
  entry: laterDay(2020),
  stamp: laterDay(2021),
  published: laterDay(2022),
  organcode: ifAny(anOrgan),
  source: text('演示市公共信用信息中心', ''),
  kind2: text('', '罚款', '3'),
  actual: ifAny(anOrgan),
  function: ifAny(anOrgan),
  type: text('属地', '同级', '2', '本级', ''),
  claimed: laterDay(2020),
  received: laterDay(2021),
  returned: laterDay(2022),
  confirmed: laterDay(2023),
  pushid: text('', 'TS-1', 'ts-22'),
  people: text('', '张三、李四', '王五；赵六', '钱七 孙八'),
  entered: laterDay(2020),
  ttype: text('', '跨部门', '部门联合'),
  others: text('', '社会事业局', '市场监督管理局、社会事业局'),
  set: laterDay(2020),
  removed: laterDay(2020),
  outreason: text('', '已补报年度报告'),
  outorgan: ifAny(anOrgan),
  signed: laterDay(2025),
  sent: laterDay(2020),
  asked: laterDay(2014),
  asker: ifAny(anOrgan),
  kindtext: text('', '有限责任公司'),
  address: text('', '演示大道1号（一楼）'),
  cancelled: laterDay(2021),
  revoked: laterDay(2020),
  approved: laterDay(2022),
  fedback: laterDay(2022),
  applied: laterDay(2021),
  result: text('', '已限制'),
  made: laterDay(2014),
  handler: ifAny(anOrgan),
  forwarded: laterDay(2020),
  verified: laterDay(2021),
  answered: laterDay(2022),
  answerer: ifAny(anOrgan),
};
const STATUS = text('有效', '撤销', '异议');
/** Columns that mean something else in one layout. */
const OF_LAYOUT: Record<string, Record<string, fc.Arbitrary<PlainCell>>> = {
  'xk-a': { kind: text('普通', '特许', '3'), status: STATUS },
  'xk-b': { kind: text('普通', '01', '登记'), status: STATUS },
  'xk-c': { kind: text('认可', '02'), status: STATUS },
  'cf-b': { kind: text('罚款；警告', '6'), status: STATUS },
  'cf-c': { kind: text('警告', '2,1'), status: STATUS },
  'cf-a': { kind: text('警告', '1'), status: STATUS, result: text('罚款2000元') },
  results: {
    result: text('', '未发现问题', '已责令改正', '未按规定公示；无法联系'),
    state: text('', '已公示', '5', '待公示'),
  },
  attendance: { status: text('出席', '请假', '代会', '缺席') },
  abnormal: { state: text('', '正常', '撤销', '2') },
  blacklist: { state: text('', '正常', '撤销', '2') },
  firms: { state: text('', '存续', '注销', '吊销，未注销', '注销中', '已吊销，已注销') },
  repairs: { applied: ofDay, outcome: text('', '通过', '不予修复', '审核中') },
  objections: { consistent: text('一致', '不一致') },
};
const LINES: Record<string, Record<string, string>> = {
  draw: { drawn: '2025年4月9日', task: 'RW-7', lead: '市场监督管理局' },
  'quarter-list': { unit: '社会事业局', quarter: '2025年第二季度', kind: '行政许可', sent: '2025-07-02' },
  attendance: { meeting: 'HY-1', held: '2025年5月15日', organiser: '市场监督管理局' },
};
const ORGANS = new Set(['organ', 'designated', 'dept', 'lead', 'unit', 'initiator', 'implementer', 'provider']);

function cellsOf(layout: Layout, column: string): fc.Arbitrary<PlainCell> | undefined {
  if (ORGANS.has(column)) return organ.map((value) => ({ text: value }));
  return OF_LAYOUT[layout.id]?.[column] ?? CELLS[column];
}

const columnOf = (layout: Layout, text: string): string | undefined =>
  [...layout.columns].find(([, spelling]) => spells(spelling, headerKey(text)))?.[0];

/** A table of the layout, each value in its plainest form. */
export function tableOf(layout: Layout): fc.Arbitrary<PlainTable> {
  const lines = LINES[layout.id] ?? {};
  const columns = [...layout.columns].flatMap(([name, { literals, containing }]) => {
    const cells = Object.hasOwn(lines, name) ? undefined : cellsOf(layout, name);
    const further = [...(HEADERS[name] ?? []), layout.template?.get(name) ?? ''];
    // What an earlier column is called too would be that one.
    const spellings = [...literals, ...containing.map((one) => one.text), ...further].filter(
      (text) => columnOf(layout, text) === name,
    );
    return cells && spellings.length > 0 ? [{ name, cells, spellings }] : [];
  });
  const given = Object.entries(lines).map(([name, value]) => [layout.lines.get(name)![0]!, value] as const);
  return fc.record({
    columns: fc.constant(columns.map(({ name }) => name)),
    headers: fc.tuple(...columns.map(({ spellings }) => fc.constantFrom(...spellings))),
    rows: fc.array(fc.tuple(...columns.map(({ cells }) => cells)), { minLength: 1, maxLength: 5 }),
    lines: fc.constant(layout.id === 'blacklist' ? [['严重违法失信名单', '']] : given),
  }) as fc.Arbitrary<PlainTable>;
}

/** Spellings of columns that only have a pattern. */
const HEADERS: Record<string, string[]> = {
  name: ['行政相对人名称', '企业名称'],
  listed: ['列入日期'],
  reason: ['列入原因'],
  organ: ['受理部门', '列入机关', '登记机关', '许可机关', '处罚机关', '作出行政处罚决定机关名称'],
  unit: ['单位', '参会单位', '报送单位', '所属单位'],
  doc: ['行政许可决定文书号', '行政处罚决定书文号', '文号'],
  fine: ['罚款金额(万元)', '处罚金额（元）'],
  confiscated: ['没收违法所得、没收非法财物的金额（万元）', '没收违法所得、没收非法财物的金额(元)'],
  organcode: ['许可机关统一社会信用代码', '处罚机关统一社会信用代码'],
  entry: ['入库时间'],
  stamp: ['数据更新时间戳', '数据更新录入日期'],
  address: ['注册地址', '经营场所'],
  made: ['制定日期'],
  handler: ['修复受理部门'],
  answerer: ['答复单位'],
  account: ['登录账号', '用户账号'],
  at: ['登录时间', '登陆日期'],
  registered: ['成立日期'],
  status: ['出席情况', '当前状态'],
  task: ['任务编号'],
  plan: ['计划编号', '抽查计划编号'],
  pname: ['计划名称', '年度抽查计划名称'],
  lead: ['制定部门', '牵头单位'],
  year: ['年度', '计划年份'],
  filed: ['备案日期', '异议申请日期', '受理时间'],
  case: ['惩戒编号', '联合惩戒案件编号'],
  initiator: ['发起部门', '惩戒发起单位'],
  initiated: ['发起日期', '推送日期'],
  implementer: ['实施部门', '响应单位'],
  measure: ['惩戒措施'],
  applied: ['修复申请日期'],
  outcome: ['修复结果', '信用修复状态'],
  objection: ['异议编号', '异议受理编号'],
  record: ['异议信息编号', '决定书文号'],
  provider: ['信息提供部门', '来源单位'],
  consistent: ['核实结果', '是否一致'],
};
