import type { CommandContext } from '@hengjian/warehouse';
import type { Publisher } from '../publication/publish.ts';
import { loadProject } from '../runner/project.ts';
import { writeAsProduct } from './write-as-product.ts';

/** Who publishes at the command line: the office. @throws RuleSetError for an unknown rule set */
export async function publisherOf(context: CommandContext, { ruleset }: { ruleset?: string }): Promise<Publisher> {
  return {
    warehouse: await context.warehouse('app'),
    project: loadProject({ ...context.environment, asked: ruleset }),
    write: writeAsProduct(context),
    by: 'office',
  };
}
