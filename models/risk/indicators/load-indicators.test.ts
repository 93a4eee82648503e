import { sectionOf } from '@hengjian/contract/schema/industry-code.ts';
import { describe, expect, it } from 'vitest';
import { indicatorRows, loadIndicators, parseIndicators } from './load-indicators.ts';

describe('a file of indicators', () => {
  const text = (change: (lines: string) => string) =>
    change(
      'id: x\nversion: "1"\ntiers: [A, B, C]\nthresholds: [1, 2]\nindicators:\n  - {id: a, family: supervision, name: {zh: 甲, en: a}, event: penalty.entered, weight: 1, clause: c}\n',
    );
  it('is refused with everything that is wrong in it', () => {
    expect(
      parseIndicators(
        text((t) => t),
        'i.yaml',
      ).tiers,
    ).toEqual(['A', 'B', 'C']);
    expect(() =>
      parseIndicators(
        text((t) => t.replace('[1, 2]', '[2, 1]')),
        'i.yaml',
      ),
    ).toThrow(/i\.yaml holds no usable risk indicators: the cuts must rise/);
    expect(() =>
      parseIndicators(
        text((t) => t.replace('[1, 2]', '[1]')),
        'i.yaml',
      ),
    ).toThrow(/3 tiers need 2 cuts/);
    expect(() =>
      parseIndicators(
        text((t) => t.replace('[A, B, C]', '[A, B]')),
        'i.yaml',
      ),
    ).toThrow(/tiers/);
    expect(() =>
      parseIndicators(
        text((t) => t.replace('thresholds: [1, 2]\n', '')),
        'i.yaml',
      ),
    ).toThrow(/exactly one of thresholds and shares/);
    expect(() =>
      parseIndicators(
        text((t) => t.replace('weight: 1', 'weight: 1, decay: even')),
        'i.yaml',
      ),
    ).toThrow(/a fades evenly, so it needs window_days/);
    expect(() =>
      parseIndicators(
        text((t) => t.replace('weight: 1', 'weight: -1')),
        'i.yaml',
      ),
    ).toThrow(/weight/);
    expect(() =>
      parseIndicators(
        text((t) => `${t}direct:\n  - {id: a, tier: Z, name: {zh: 甲, en: a}, event: login.succeeded, clause: c}\n`),
        'i.yaml',
      ),
    ).toThrow(/a stands twice; a assigns Z, which is no tier/);
    expect(() =>
      parseIndicators(
        text((t) => t.replace('penalty.entered', 'penalty.enterd')),
        'i.yaml',
      ),
    ).toThrow(/a reads penalty\.enterd, which is no event type/);
    expect(() =>
      parseIndicators(
        text((t) => t.replace('weight: 1', 'weight: 1, where: {member: sum, at_least: 1}')),
        'i.yaml',
      ),
    ).toThrow(
      /a asks for sum, but of penalty\.entered only doc_no, decided_on, procedure, amount, kind, publish, time_from is read/,
    );
    expect(() => parseIndicators('id: [', 'i.yaml')).toThrow(/it is not YAML/);
  });
});

it('a trade named by its section is so in codes without the letter too, and in no others', () => {
  const prefixes = indicatorRows(loadIndicators()).find(
    ({ indicator }) => indicator === 'sensitive_trade',
  )!.starts_with;
  const listed = (code: string) => prefixes.some((prefix) => code.startsWith(prefix));
  for (let division = 1; division <= 97; division++) {
    const code = `${String(division).padStart(2, '0')}10`;
    expect([code, listed(code)]).toEqual([code, listed(`${sectionOf(code)}${code}`)]);
  }
});
