import type { Random } from './random.ts';

/** GB/T 4754-2017 sections with their share of the subjects of a development zone, and words for its trades. */
export const INDUSTRIES: readonly { section: string; share: number; trades: readonly string[] }[] = [
  { section: 'A', share: 2, trades: ['种植', '水产养殖', '农业科技'] },
  { section: 'B', share: 0.1, trades: ['矿产品'] },
  { section: 'C', share: 16, trades: ['机械', '纺织', '电子', '新材料', '化工', '食品', '金属制品'] },
  { section: 'D', share: 0.5, trades: ['热力', '燃气', '能源'] },
  { section: 'E', share: 7, trades: ['建筑工程', '装饰工程', '市政工程'] },
  { section: 'F', share: 30, trades: ['商贸', '百货', '医药', '五金', '建材', '化工贸易'] },
  { section: 'G', share: 5, trades: ['物流', '货运', '仓储'] },
  { section: 'H', share: 10, trades: ['餐饮', '小吃', '酒店', '烧烤'] },
  { section: 'I', share: 4, trades: ['软件', '信息技术', '网络科技'] },
  { section: 'J', share: 0.6, trades: ['融资租赁', '投资管理'] },
  { section: 'K', share: 2.5, trades: ['房地产', '物业'] },
  { section: 'L', share: 7, trades: ['人力资源', '劳务', '广告', '企业管理'] },
  { section: 'M', share: 4, trades: ['检测技术', '工程咨询', '科技'] },
  { section: 'N', share: 0.8, trades: ['环保', '园林'] },
  { section: 'O', share: 6, trades: ['汽车维修', '美容美发', '家政'] },
  { section: 'P', share: 1.8, trades: ['教育培训', '艺术培训'] },
  { section: 'Q', share: 0.9, trades: ['诊所', '护理', '口腔门诊'] },
  { section: 'R', share: 1.8, trades: ['文化传媒', '健身', '网吧'] },
];

const FIRST = '禾澜砚峤霁棠芷珩沅泠岫翊钰祺槿笙煦霖昀璟'.split('');
const SECOND = '渡川序野汀阙澍筑屿陌耘庭樾溯珂弈笠墅'.split('');
const SURNAMES = '陈王李张刘杨赵黄周吴徐孙胡朱高林何郭马罗'.split('');
export const TOWNSHIPS = [
  { code: '320671001', name: '第一街道', share: 38 },
  { code: '320671002', name: '第二街道', share: 29 },
  { code: '320671003', name: '第三街道', share: 20 },
  { code: '320671004', name: '第四街道', share: 13 },
] as const;

/** Every name says 示例 (example), persons are masked: nothing can be taken for a real enterprise or person. */
export function subjectName(random: Random, kind: string, trade: string, township: string): string {
  const word = random.pick(FIRST) + random.pick(SECOND);
  if (kind === 'individual') return `示例${township}${random.pick(SURNAMES)}某${trade}店`;
  if (kind === 'cooperative') return `示例${word}${trade}专业合作社`;
  if (kind === 'branch') return `示例${word}${trade}有限公司${township}分公司`;
  return `示例${word}${trade}有限公司`;
}
