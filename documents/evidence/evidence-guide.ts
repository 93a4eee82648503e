import type { Evidence } from '@hengjian/models/publication/read-evidence.ts';

/** What is in the pack and how anyone checks it, in both languages. */
export function evidenceGuide({ publication, unit, items, rows }: Evidence, events: number): string {
  const { record, recordSha256, snapshot } = publication;
  const scored = unit.total !== null;
  const standing = scored
    ? `名次 ${unit.rank ?? '—'}，总分 ${unit.total}（精确分数）`
    : '本规则集不设分值，不计总分，逐项排名';
  const contents = scored
    ? `各评分项的权重、得分（精确分数）、计数、计算式和依据，共 ${items.length} 项`
    : `各指标的计数、名次、计算式和依据，共 ${items.length} 项`;
  const sum = scored ? '；每项失分之和等于权重减得分' : '';
  const sumInEnglish = scored ? '; what the rows of an item cost is its weight less its points' : '';
  return `# ${unit.name} ${record.quarter} ${scored ? '评分' : '指标'}证据

本压缩包用于审计和专项督查，内容全部来自第 ${record.sequence} 号发布记录（${record.quarter}，第 ${record.number} 次，${record.published_at}）。

- 单位：${unit.name}（${unit.unit}），${standing}
- 记录散列值：${recordSha256}
- 评分办法：${snapshot.ruleset.id} ${snapshot.ruleset.version}
- 统计截止日：${snapshot.cutoff}；数据时点：${record.as_of}

| 文件 | 内容 |
| --- | --- |
| score.json | ${contents} |
| rows.csv | ${scored ? '失分' : '未办和逾期'}明细 ${rows.length} 条，含期限、实际办理时间和所据条款 |
| events.ndjson | 有关事项 ${events} 条，每行一条 CloudEvents；自然人姓名、电话号码和身份证号已遮蔽，其余与收到时逐字节相同 |
| record.json | 发布记录、全部单位的${scored ? '得分' : '指标'}快照和评分办法原文 |
| ruleset.yaml | 发布时的评分办法原文 |
| manifest.sha256 | 各文件的 SHA-256 |

事项中个体工商户名称、法定代表人、联系人和检查人员姓名只留首字，电话号码和身份证号以 *** 代替；被遮蔽的事项与系统中留存的原文不同，核对原文须在持有数据的系统上按来源和编号查阅。${scored ? '得分' : '指标'}不取决于被遮蔽的内容。manifest.sha256 针对本压缩包内的文件（即遮蔽后的内容）。自由填写的文字中仍可能提及姓名，只供审计和专项督查使用，不得外传。

## 如何核验

1. 文件未被改动：\`sha256sum -c manifest.sha256\`
2. 记录、快照和评分办法相符（任何一台装有本软件的计算机，不需要数据）：\`hengjian verify --file record.json\`
3. ${scored ? '得分' : '指标'}可由全部原始事项重算（在持有数据的系统上）：\`hengjian verify ${record.quarter} --replay --ruleset ${snapshot.ruleset.id}\`
4. 本单位逐项：score.json 的各项与 record.json 中 \`snapshot.units\` 的 \`${unit.unit}\` 相同${sum}。

---

# Evidence of the ${scored ? 'score' : 'figures'} of ${unit.name_en || unit.name} (${unit.unit}) in ${record.quarter}

Everything here is of publication ${record.sequence} (${record.quarter}, number ${record.number}, ${record.published_at}), record ${recordSha256}.

1. The files are unchanged: \`sha256sum -c manifest.sha256\`
2. Record, snapshot and rules belong together (any machine, no data needed): \`hengjian verify --file record.json\`
3. The ${scored ? 'scores' : 'figures'} follow from the log (where the data are): \`hengjian verify ${record.quarter} --replay --ruleset ${snapshot.ruleset.id}\`
4. This unit: the items of score.json are those of \`${unit.unit}\` in \`snapshot.units\` of record.json${sumInEnglish}.

\`events.ndjson\` holds the events of the unit since a year before the quarter, those that its rows name, what the office asked of it
or awarded to it, outages, and voids of these: as recorded by ${record.as_of}, up to the cut-off. \`hengjian import events.ndjson\` reads it.
Names of sole traders, legal representatives, contacts and inspectors keep their first character, telephone and id numbers become ***;
all other bytes stand as they came. A masked event differs from the stored one: who must read that looks it up by source and id where
the data are. No ${scored ? 'score' : 'figure'} depends on what is masked, and manifest.sha256 is of the files as they are here, masked. What people wrote in
their own words may still name somebody: for audit and special supervision only.
`;
}
