/** A draft of a rule set on past quarters: begun by a form, followed as a job. Beside the built app, since rule sets and models are read from files. */
import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { findRuleSet } from '@hengjian/models/ruleset/load-rule-sets.ts';
import { parseRuleSet, type RuleSet, RuleSetError } from '@hengjian/models/ruleset/rule-set.ts';
import { compareRuleSets } from '@hengjian/models/scoring/compare-rule-sets.ts';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { acted } from './act.ts';
import type { Job, Jobs } from './jobs.ts';

export interface WhatIfActsOptions {
  /** Builds the quarter aside. */
  warehouse: Warehouse;
  environment: Environment;
  jobs: Jobs;
}

/** A text somebody sent, with its file's name, or the id of a rule set at hand. */
export type Draft = { text: string; name: string } | { id: string };

export type Begun = { ok: true; job: Job } | { ok: false; problems: readonly string[] };

export class WhatIfActs {
  readonly #options: WhatIfActsOptions;

  constructor(options: WhatIfActsOptions) {
    this.#options = options;
  }

  /**
   * Only for who may publish: the figures are of every unit.
   * @param against id of the rule set in force
   * @returns what is wrong with the draft, each with line and clause; else the job
   */
  start(scope: Scope, against: string, quarter: string, draft: Draft): Begun {
    if (!may(scope, 'publications', 'write')) return { ok: false, problems: [] };
    let ruleSet: RuleSet;
    try {
      ruleSet = this.#read(draft);
    } catch (error) {
      if (error instanceof RuleSetError) return { ok: false, problems: error.problems };
      throw error;
    }
    const { warehouse, environment, jobs } = this.#options;
    const subject = { kind: 'whatif' as const, ruleset: against, quarter, draft: ruleSet.hash };
    const job = jobs.start(subject, scope.account, (onStep) =>
      acted(async () => {
        onStep('build');
        return { comparison: await compareRuleSets(warehouse, environment, { quarter, draft: ruleSet, against }) };
      }),
    );
    return { ok: true, job };
  }

  #read(draft: Draft): RuleSet {
    return 'id' in draft
      ? findRuleSet(draft.id, this.#options.environment.dataDir)
      : parseRuleSet(draft.text, draft.name);
  }
}
