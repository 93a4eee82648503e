/** For tests: four units, and two rates of one measure. */
export const HEAD = `version: "1"
name: { zh: 例, en: Example }
source: test
in_force: { from: null, to: null }
badges: { small_n: 10 }
units:
  - { id: a, name: 甲, duties: [licence] }
  - { id: b, name: 乙, duties: [licence] }
  - { id: c, name: 丙, duties: [licence] }
  - { id: d, name: 丁, duties: [licence] }
`;
export const RATES = `id: rates
${HEAD}
parameters: { quick.deadlineWorkdays: 2 }
items:
  - { id: quick, name: { zh: 快, en: Quick }, duty: [licence], clause: 一, parts: [{ id: rate, kind: rate, measure: followup_promised, clause: 一 }] }
  - { id: ever, name: { zh: 曾, en: Ever }, duty: [licence], clause: 二, parts: [{ id: rate, kind: rate, measure: followup_promised, complete: true, clause: 二 }] }
`;
