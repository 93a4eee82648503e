import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { describe, expect, it } from 'vitest';
import { quarterModels } from '../compile-graph.ts';
import { EVENT_MODELS } from '../compile-sql.ts';
import { loadProject } from '../project.ts';
import { speakersOf } from './judged-events.ts';
import { type Changes, foreseenWays, needsOf } from './way-of.ts';

const { graph, ruleSet } = loadProject();
const models = quarterModels(graph, ruleSet.bindings);
const waysAfter = (types: string[], keyless: Changes['keyless'] = new Set()) =>
  foreseenWays(graph, models, ruleSet.bindings, { types, keyless, sameSenders: true });
const ledger = (ways: ReturnType<typeof waysAfter>) =>
  Object.fromEntries(
    [...ways].flatMap(([name, { way }]) => (name.startsWith('int_obligations ') ? [[name.split(' ')[1], way]] : [])),
  );

describe('what a model reads', () => {
  const reading = graph.models.filter(
    ({ refs, reads }) => reads && refs.some(({ name }) => EVENT_MODELS.includes(name)),
  );

  it.each(reading.map((model) => [model.name, model] as const))('%s: the types that its SQL names', (_, model) => {
    const named = [...model.sql.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, name]) => name!);
    expect([...model.reads!].sort()).toEqual([...new Set(named)].filter((name) => eventTypes.has(name)).sort());
  });

  it('is found through models that are put into it', () => {
    const claims = needsOf(graph, graph.byName.get('claim')!);
    expect(claims).toEqual({ reads: new Set(), stored: new Set(['int_pushes']) });
    expect(needsOf(graph, graph.byName.get('int_parts')!).reads).toEqual(new Set(['mark.awarded']));
    expect(needsOf(graph, graph.byName.get('push_claim')!).stored).toContain('int_unit_pushes');
    expect(needsOf(graph, graph.byName.get('mart_event_balance')!).reads).toBeUndefined();
  });
});

describe('the way of a model', () => {
  it('leaves the ledger as it is after a mark', () => {
    const ways = waysAfter(['mark.awarded']);
    expect(new Set(Object.values(ledger(ways)))).toEqual(new Set(['kept']));
    expect(ways.get('int_measures')).toEqual({ way: 'kept' });
    expect(ways.get('int_parts')).toEqual({ way: 'whole', why: 'new mark.awarded' });
    expect(ways.get('mart_unit_scores')).toEqual({ way: 'whole', why: 'mart_item_scores changed' });
  });

  it('judges single events', () => {
    expect(waysAfter(['mark.awarded']).get('mart_event_balance')).toEqual({ way: 'judged' });
    expect(speakersOf(['mark.awarded'])).toEqual([
      'event.voided',
      'mark.awarded',
      'record.attached',
      'record.published',
    ]);
    expect(speakersOf(['entity.registered'])).toContain('annual_report.filed');
    expect(speakersOf(['registration.pushed'])).toEqual(
      expect.arrayContaining(['push.claimed', 'push.outcome_fed_back', 'followup.checked', 'enterprise.notified']),
    );
    expect(speakersOf(['task.created'])).toEqual(expect.arrayContaining(['result.published', 'draw.executed']));
  });

  it('knows of each type that the balance of events looks up whose verdicts hang on it', () => {
    const { sql } = graph.byName.get('mart_event_balance')!;
    // Without what they ask of the events that are judged.
    const lookups = sql.split("FROM ref('stg_events')").slice(1);
    const conditions = lookups.map((one) => one.split(/\n {2}\),?\n|UNION ALL/)[0]!.replace(/FROM of_quarter.*/g, ''));
    const named = conditions.flatMap((one) => [...one.matchAll(/\btype (?:=|IN) \(?((?:'[a-z_.]+'(?:, )?)+)/g)]);
    const types = named.flatMap(([, list]) => [...list!.matchAll(/[a-z_.]+/g)].map(([name]) => name));
    expect(types).toEqual(expect.arrayContaining(['registration.pushed', 'entity.registered', 'punishment.applied']));
    const always = speakersOf([]);
    // Lists are where attachments and publications look for records, and these are judged always.
    for (const type of [...types, ...graph.byName.get('int_things')!.reads!])
      if (![...always, 'quarter_list.submitted'].includes(type))
        expect(speakersOf([type]).length, type).toBeGreaterThan(always.length);
  });

  it('narrows what goes by the key of new events', () => {
    const ways = waysAfter(['push.claimed']);
    expect(ways.get('int_push_cohort')).toEqual({ way: 'kept' });
    expect(ways.get('int_pushes')).toMatchObject({ way: 'narrowed', by: 'push' });
    expect(ledger(ways)).toMatchObject({ claim: 'narrowed', feedback: 'narrowed', login: 'kept', licence: 'kept' });
    expect(ways.get('int_measures')).toEqual({ way: 'whole', why: 'int_obligations changed' });
  });

  it('builds what a changed deadline may move', () => {
    const ways = waysAfter(['outage.declared', 'push.claimed', 'login.succeeded']);
    expect(ways.get('int_pushes')).toEqual({ way: 'whole', why: 'int_push_cohort changed' });
    expect(ways.get('int_push_cohort')).toEqual({ way: 'whole', why: 'int_deadlines changed' });
    expect(ledger(ways)).toMatchObject({ claim: 'whole', login: 'whole', publication: 'whole', attendance: 'kept' });
  });

  it('keeps the senders as long as nobody new sends', () => {
    const after = (sameSenders: boolean) =>
      foreseenWays(graph, models, ruleSet.bindings, { types: ['push.claimed'], keyless: new Set(), sameSenders });
    expect(after(true).get('int_senders')).toEqual({ way: 'kept' });
    expect(after(false).get('int_senders')).toEqual({ way: 'whole', why: 'new push.claimed' });
  });

  it('builds what a list without keys may have changed, and what events without a key may have touched', () => {
    expect(ledger(waysAfter(['quarter_list.submitted']))).toMatchObject({ licence: 'whole', claim: 'kept' });
    expect(waysAfter(['push.claimed'], new Set(['push'])).get('int_pushes')).toEqual({
      way: 'whole',
      why: 'new events without a key (push)',
    });
  });
});
