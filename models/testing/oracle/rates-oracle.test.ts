import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCalendar } from '../../calendar/load-calendar.ts';
import { readWorkedExamples } from '../../ruleset/worked-examples.ts';
import { RATE_DISTRICTS } from './rates-districts.ts';
import { rateOracle } from './rates-oracle.ts';

const calendar = loadCalendar();
const examples = RATE_DISTRICTS.flatMap((district) =>
  readWorkedExamples(fileURLToPath(new URL(`../../ruleset/builtin/${district.id}.examples.yaml`, import.meta.url))).map(
    (example) => ({ id: district.id, district, example }),
  ),
);

test.each(examples)('the worked example of rulesets.md §6 for $id', ({ district, example }) => {
  const units = rateOracle(district, example.events, example.quarter, calendar);
  const figures = Object.fromEntries(
    Object.entries(example.expect).map(([id, items]) => [
      id,
      Object.fromEntries(
        Object.keys(items).map((item) => {
          const found = units.find(({ unit }) => unit === id)!.items.find((one) => one.item === item)!;
          const { numerator, denominator, on_time } = found;
          return [item, `${numerator}/${denominator}${on_time === null ? '' : ` (${on_time})`}`];
        }),
      ),
    ]),
  );
  expect(figures).toEqual(example.expect);
});
