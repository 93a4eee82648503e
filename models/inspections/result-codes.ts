/** Result codes of an inspection (domain.md §6.4, the national form of 2017) and what goes with what. */

interface Code {
  code: string;
  /** Code that this one is a kind of. */
  under?: string;
  name: { zh: string; en: string };
}

const code = (id: string, zh: string, en: string, under?: string): Code => ({
  code: id,
  name: { zh, en },
  ...(under ? { under } : {}),
});

export const RESULT_CODES: readonly Code[] = [
  code('1', '未发现问题', 'Nothing found'),
  code('E', '发现问题经责令已改正', 'Found, ordered and put right'),
  code('F', '未发现开展本次抽查涉及的经营活动', 'Does not carry on the business that was checked'),
  code('7', '已关闭停业或正在组织清算', 'Closed or being wound up'),
  code('8', '不配合检查情节严重', 'Did not co-operate, gravely'),
  code('9', '注销', 'Deregistered'),
  code('10', '被吊销', 'Licence revoked'),
  code('11', '被撤销', 'Registration annulled'),
  code('12', '迁出', 'Moved away'),
  code('A', '发现问题待后续处理', 'Found, to be dealt with'),
  code('2', '违反工商管理规定', 'Against rules of registration', 'A'),
  code('B', '未按规定公示应当公示的信息', 'Information not made public as required', '2'),
  code('C', '公示信息隐瞒真实情况、弄虚作假', 'Information made public is false', '2'),
  code('6', '通过登记的住所（经营场所）无法联系', 'Not to be found at the registered address', '2'),
  code('D', '其他（工商管理）', 'Other, of registration', '2'),
  code('3', '违反食品药品管理规定', 'Against rules on food and drugs', 'A'),
  code('4', '违反质量技术监督管理规定', 'Against rules on quality', 'A'),
  code('5', '违反其他部门管理规定', 'Against rules of other departments', 'A'),
  code('G', '涉嫌违法，移送公安机关', 'Handed to the police', 'A'),
];

export type CodesProblem = 'none' | 'unknown' | 'exclusive' | 'kind_missing';

/**
 * The codes as they are recorded: a kind brings what it is a kind of, in the order of the form.
 *
 * @returns a problem for no code, an unknown one, code 1 with others, and A or 2 without saying which
 */
export function completeCodes(
  chosen: readonly string[],
): { codes: string[]; problem?: never } | { problem: CodesProblem; codes?: never } {
  if (chosen.length === 0) return { problem: 'none' };
  const all = new Set<string>();
  for (const id of chosen) {
    let at = RESULT_CODES.find((known) => known.code === id);
    if (!at) return { problem: 'unknown' };
    for (; at; at = RESULT_CODES.find((known) => known.code === at?.under)) all.add(at.code);
  }
  if (all.has('1') && all.size > 1) return { problem: 'exclusive' };
  const parents = [...all].filter((id) => RESULT_CODES.some(({ under }) => under === id));
  if (parents.some((id) => !RESULT_CODES.some(({ code: child, under }) => under === id && all.has(child))))
    return { problem: 'kind_missing' };
  return { codes: RESULT_CODES.map(({ code: id }) => id).filter((id) => all.has(id)) };
}

/** Code in words; a code that nobody knows stays as it is. */
export function resultName(id: string, language: 'zh' | 'en'): string {
  return RESULT_CODES.find(({ code: known }) => known === id)?.name[language] ?? id;
}
