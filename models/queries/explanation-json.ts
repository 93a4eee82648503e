import type { OpenExplanation } from './read-explanation.ts';

/** One line: the figures, `lost` last. */
export async function* explanationJson({ head, rows }: OpenExplanation): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"lost":[`;
  let before = '';
  for await (const row of rows()) {
    yield before + JSON.stringify(row);
    before = ',';
  }
  yield ']}\n';
}
