/** Two rule sets that are kept at once: what is done under one of them is nothing under the other. */
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Acting, answerObjection, fileObjection, showDraft } from '../objections/act-on-objections.ts';
import { readDraftWindow, readObjections } from '../objections/read-objections.ts';
import { loadProject } from '../runner/project.ts';
import { refresh } from '../runner/refresh.ts';
import { scoreQuarter } from '../scoring/score-quarter.ts';
import { goldenG1 } from '../testing/golden-log.ts';
import { loadEvents } from '../testing/load-events.ts';
import { writeDirectly } from '../testing/write-directly.ts';
import { type CircularTexts, issueCircular, readCirculars, saveCircularTexts } from './circulars.ts';
import { closeQuarter } from './close-quarter.ts';
import { correctQuarter } from './correct-quarter.ts';
import { latestOf, readChain } from './read-chain.ts';
import { verifyPublications } from './verify-publications.ts';

const quarter = '2025Q2';
const ruleset = 'nantong-etdz,jieshou';
const project = loadProject({ ruleset });
const [points, rates] = project.kept!.map((ruleSet) => ({ ...project, ruleSet })) as [typeof project, typeof project];
const texts: CircularTexts = { number: '通〔2025〕1号', issuer: '办公室', contact: '', opening: '', closing: '' };

describe('a quarter under two rule sets', { timeout: 900_000 }, () => {
  let temporary: TemporaryWarehouse;
  const objections: Record<string, string> = {};
  const acting = (under: typeof project, day: string): Acting & { by: string } => ({
    warehouse: temporary.warehouse,
    project: under,
    write: writeDirectly(temporary.warehouse, `${day} 10:00:00.000000`),
    now: new Date(`${day}T10:00:00+08:00`),
    by: 'office',
  });
  const standing = async () =>
    (await readChain(temporary.warehouse)).publications.map(({ record, snapshot }) => [
      record.sequence,
      snapshot.ruleset.id,
      record.number,
      record.kind,
    ]);
  const shownAs = async (id: string) => {
    const environment = { dataDir: temporary.dataDir, ruleset };
    const { status, units } = await scoreQuarter(temporary.warehouse, environment, { quarter, ruleset: id });
    const unit = units.find((one) => one.unit === 'scjg')!;
    const { numerator, denominator } = unit.items.find(({ item }) => item === 'claim')!;
    return [status, numerator, denominator];
  };

  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    await loadEvents(temporary.warehouse, goldenG1(), '2025-07-10 10:00:00.000000');
    await refresh(temporary.warehouse, project, { quarters: [quarter] });
  });
  afterAll(() => temporary?.close());

  it('has a draft, a window and objections of each', async () => {
    const { warehouse } = temporary;
    const filing = { quarter, unit: 'scjg', item: 'claim', grounds: '平台故障' };
    await showDraft(acting(points, '2025-07-11'), quarter);
    expect(await readDraftWindow(warehouse, rates, quarter)).toBeUndefined();
    await expect(fileObjection(acting(rates, '2025-07-14'), filing, 'all')).rejects.toThrow(/was not shown yet/);
    await showDraft(acting(rates, '2025-07-14'), quarter);
    expect((await readDraftWindow(warehouse, points, quarter))!.plainUntil).toBe('2025-07-18');
    expect((await readDraftWindow(warehouse, rates, quarter))!.plainUntil).toBe('2025-07-21');
    for (const under of [points, rates])
      objections[under.ruleSet.id] = (await fileObjection(acting(under, '2025-07-15'), filing, 'all')).objectionId;
    for (const under of [points, rates])
      expect(await readObjections(warehouse, under, quarter)).toMatchObject([
        { objectionId: objections[under.ruleSet.id], ruleset: under.ruleSet.id, state: 'open' },
      ]);
  });

  it('is closed under one of them, whatever is open under the other', async () => {
    await answerObjection(acting(points, '2025-07-21'), objections['nantong-etdz']!, 'rejected', '核实无误');
    // The window of the other still runs, and its objection is open.
    await closeQuarter(acting(points, '2025-07-21'), quarter);
    expect(await standing()).toEqual([[1, 'nantong-etdz', 1, 'published']]);
    expect(await shownAs('nantong-etdz')).toEqual(['published', 46, 50]);
    expect(await shownAs('jieshou')).toEqual(['draft', 46, 50]);
    expect(await readObjections(temporary.warehouse, rates, quarter)).toMatchObject([{ state: 'open' }]);
    const later = acting(rates, '2025-07-22');
    await expect(closeQuarter(later, quarter)).rejects.toThrow(objections.jieshou);
    await expect(correctQuarter(later, quarter, 'x')).rejects.toThrow(/not published yet under the rule set jieshou/);
    await answerObjection(later, objections.jieshou!, 'rejected', '核实无误');
    await closeQuarter(later, quarter);
    expect(await standing()).toEqual([
      [1, 'nantong-etdz', 1, 'published'],
      [2, 'jieshou', 1, 'published'],
    ]);
  });

  it('is told by circulars of each', async () => {
    const { warehouse } = temporary;
    const publication = latestOf(await readChain(warehouse), 'nantong-etdz', quarter)!;
    const writing = { publication, texts, write: writeDirectly(warehouse, '2025-07-23 10:00:00.000000'), by: 'office' };
    await saveCircularTexts(writing);
    await issueCircular(writing, { format: 'pdf', sha256: 'a'.repeat(64), bytes: 1 });
    expect(await readCirculars(warehouse, publication)).toMatchObject({ draft: texts, issued: [{ format: 'pdf' }] });
    const other = latestOf(await readChain(warehouse), 'jieshou', quarter)!;
    expect(await readCirculars(warehouse, other)).toEqual({ draft: null, issued: [] });
  });

  it('is corrected under one of them; the other keeps what it published, and both hold', async () => {
    const { warehouse } = temporary;
    const late = {
      id: 'late',
      source: 'test://golden',
      type: 'push.claimed',
      time: '2025-06-16T09:00:00+08:00',
      department: 'scjg',
      data: { push_id: 'scjg-C46' },
    };
    await loadEvents(warehouse, [late], '2025-08-01 10:00:00.000000');
    await correctQuarter(acting(rates, '2025-08-04'), quarter, '平台补传');
    expect((await standing()).at(-1)).toEqual([3, 'jieshou', 2, 'corrected']);
    expect(await shownAs('jieshou')).toEqual(['corrected', 47, 50]);
    expect(await shownAs('nantong-etdz')).toEqual(['published', 46, 50]);
    const checks = await verifyPublications(warehouse, project, { replay: true });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    const replayed = checks.filter(({ check }) => check === 'scores');
    expect(replayed).toHaveLength(3);
  });
});
