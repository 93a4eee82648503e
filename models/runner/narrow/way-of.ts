/**
 * How a stored model, or one measure of the ledger, comes to its rows after new events: kept as they were, computed again for the keys
 * that new events touch, or as a whole. What is not provably one of the first two is the third.
 */
import type { Binding } from '../../ruleset/bindings.ts';
import { type ModelGraph, targetsOf } from '../compile-graph.ts';
import { EVENT_MODELS } from '../compile-sql.ts';
import { isInlined, type Model } from '../model.ts';
import type { KeyDomain } from './key-domains.ts';

/** Rows of untouched keys as they were, those of touched ones computed again. */
export interface Narrowed {
  way: 'narrowed';
  by: KeyDomain;
  /** The text of a row's key. */
  rows: string;
}
/** What touched keys added before is taken off, what they add now is put on. */
export interface Summed {
  way: 'summed';
  by: KeyDomain;
  sums: readonly string[];
}
/** The same by events, those whose verdict can have changed. */
export interface Judged {
  way: 'judged';
}
export type Way = { way: 'kept' } | Narrowed | Summed | Judged | { way: 'whole'; why: string };

/** How a quarter came to its rows. */
export interface QuarterWays {
  ruleset: string;
  quarter: string;
  /** Why all of it was built, where it was. */
  whole?: string;
  /** Else of each stored model, of the ledger by measure. */
  models: Map<string, Way>;
}

/** What became of a stored model in this build. */
export type State = 'same' | 'changed' | KeyDomain;

/** The union of the measures, each of which goes its own way. */
export const LEDGER = 'int_obligations';
/** Which events never happened is part of what the changed events are. */
export const VOIDED = 'int_voided_events';
/** The events whose verdicts a model counts that is narrowed by event. */
export const JUDGED = 'int_judged_events';
export const SENDERS = 'int_senders';

export interface Needs {
  /** Types of the events that are read; undefined: all. */
  reads: ReadonlySet<string> | undefined;
  /** Stored models. */
  stored: ReadonlySet<string>;
}

/** What a model reads, also through those that are put into it. */
export function needsOf(graph: ModelGraph, model: Model): Needs {
  const reads = new Set<string>();
  const stored = new Set<string>();
  let all = false;
  const visit = (reader: Model): void => {
    for (const { name } of reader.refs) {
      if (name === 'int_unit_events') stored.add(SENDERS);
      if (EVENT_MODELS.includes(name)) {
        if (reader.reads) for (const type of reader.reads) reads.add(type);
        else all = true;
      } else
        for (const target of targetsOf(name, graph.byName, graph.catalogue))
          if (isInlined(target)) visit(target);
          else if (target.name !== VOIDED) stored.add(target.name);
    }
    if (reader.sources.length > 0) all = true;
  };
  visit(model);
  return { reads: all ? undefined : reads, stored };
}

export interface Changes {
  /** Types of the events that are new, or no longer or again happened. */
  types: readonly string[];
  /** Of these keys some events have none, so that they touch nobody knows what. */
  keyless: ReadonlySet<KeyDomain>;
  /** All of them have senders that sent before, and none is gone. */
  sameSenders: boolean;
}

/** @param stateOf of stored models that were built before */
export function wayOf(
  graph: ModelGraph,
  model: Model,
  { types, keyless, sameSenders }: Changes,
  stateOf: (name: string) => State,
): Way {
  if (model.name === SENDERS && sameSenders) return { way: 'kept' };
  const { reads, stored } = needsOf(graph, model);
  const whole = (why: string): Way => ({ way: 'whole', why });
  const states = [...stored].map((name) => [name, stateOf(name)] as const);
  const changed = states.find(([, state]) => state === 'changed');
  if (changed) return whole(`${changed[0]} changed`);
  const read = types.filter((type) => !reads || reads.has(type));
  const narrowed = states.filter(([, state]) => state !== 'same');
  if (read.length === 0 && narrowed.length === 0) return { way: 'kept' };
  const { narrow } = model;
  if (narrow?.by === 'event' && stored.size === 0) return { way: 'judged' };
  if (!narrow || narrow.by === 'event' || !reads)
    return whole(narrowed.length > 0 ? `${narrowed[0]![0]} changed` : `new ${read.join(', ')}`);
  const other = narrowed.find(([, state]) => 'sums' in narrow || state !== narrow.by);
  if (other) return whole(`${other[0]} changed by another key`);
  if (keyless.has(narrow.by)) return whole(`new events without a key (${narrow.by})`);
  return 'sums' in narrow ? { way: 'summed', ...narrow } : { way: 'narrowed', ...narrow };
}

/** The types whose events of a touched key must all be there, by key: those that narrowed models read. */
export function keyedTypes(
  graph: ModelGraph,
  models: readonly Model[],
  bindings: readonly Binding[],
): Map<KeyDomain, string[]> {
  const measures = bindings.map(({ measure }) => graph.catalogue.measures.get(measure)!);
  const found = new Map<KeyDomain, Set<string>>();
  for (const model of [...models, ...measures]) {
    if (!model.narrow || model.narrow.by === 'event') continue;
    const types = found.get(model.narrow.by) ?? new Set<string>();
    for (const type of needsOf(graph, model).reads ?? []) types.add(type);
    found.set(model.narrow.by, types);
  }
  return new Map([...found].filter(([, types]) => types.size > 0).map(([by, types]) => [by, [...types].sort()]));
}

/** The ways that are foreseen before anything is built. Of what is built as a whole, only a new sender is known beforehand to be rare. */
export function foreseenWays(
  graph: ModelGraph,
  models: readonly Model[],
  bindings: readonly Binding[],
  changes: Changes,
): Map<string, Way> {
  const states = new Map<string, State>();
  const stateOf = (name: string): State => states.get(name) ?? 'changed';
  const found = new Map<string, Way>();
  for (const model of models) {
    const parts =
      model.name === LEDGER
        ? bindings.map(({ id, measure }) => [`${LEDGER} ${id}`, graph.catalogue.measures.get(measure)!] as const)
        : [[model.name, model] as const];
    const ways = parts.map(([name, part]) => [name, wayOf(graph, part, changes, stateOf)] as const);
    for (const [name, way] of ways) found.set(name, way);
    const [first] = ways.map(([, way]) => way);
    if (ways.every(([, { way }]) => way === 'kept') || model.name === SENDERS) states.set(model.name, 'same');
    else if (first?.way === 'narrowed' && model.name !== LEDGER) states.set(model.name, first.by);
  }
  return found;
}
