/** The SQL models of the risk tiers, with the models of the scores that say which events hold. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Catalogue } from '../ruleset/catalogue.ts';
import { ruleSetSchema } from '../ruleset/schema.ts';
import type { ModelGraph } from '../runner/compile-graph.ts';
import { type Model, ModelError } from '../runner/model.ts';
import { parseModel } from '../runner/parse-model.ts';

const room = join(import.meta.dirname, '..');
/** Voids, cut-off and as-of are the same matter for a tier as for a score. */
const SHARED = [
  'sql/staging/stg_events.sql',
  'sql/intermediate/int_voided_events.sql',
  'sql/intermediate/int_live_events.sql',
];
/** In build order. */
const STORED = ['risk_live_events', 'risk_reasons', 'risk_tiers', 'risk_inspections'];

/** Tiers are made of indicators, not of the measures of a rule set. */
const NO_MEASURES: Catalogue = {
  measures: new Map(),
  kinds: new Map(),
  kindModels: [],
  parameters: {},
  schema: ruleSetSchema({}),
  texts: [],
};

export interface RiskModels {
  graph: ModelGraph;
  stored: readonly Model[];
}

/** @throws ModelError naming file and line */
export function loadRiskModels(): RiskModels {
  const own = readdirSync(join(room, 'risk/sql')).filter((file) => file.endsWith('.sql'));
  const files = [...SHARED, ...own.map((file) => `risk/sql/${file}`)].sort();
  const hash = createHash('sha256');
  const models = files.map((file): Model => {
    const text = readFileSync(join(room, file), 'utf8');
    hash.update(text);
    const model = parseModel(text, relative(room, join(room, file)));
    // Built by quarter for the scores; a month's tiers take them in as they stand at its end.
    return STORED.includes(model.name) ? model : asEphemeral(model);
  });
  const byName = new Map(models.map((model) => [model.name, model]));
  for (const model of models)
    for (const { name, line } of model.refs)
      if (!byName.has(name)) throw new ModelError(`${model.file}:${line}: ref('${name}') names no model`);
  const graph = { models, byName, hash: hash.digest('hex'), catalogue: NO_MEASURES };
  return { graph, stored: STORED.map((name) => byName.get(name)!) };
}

/** The model as a part of the queries that read it. */
export function asEphemeral(model: Model, sql = model.sql): Model {
  return { ...model, kind: 'ephemeral' as Model['kind'], sql };
}
