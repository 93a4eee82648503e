/** Failures a person can mend (a wrong file, a missing year, a failed test) reach stderr as one sentence. */
import { CommandError } from '@hengjian/warehouse';
import { CalendarError } from '../calendar/notice.ts';
import { DrawError } from '../draw/draw-error.ts';
import { RuleSetError } from '../ruleset/rule-set.ts';
import { ExampleError } from '../ruleset/worked-examples.ts';
import { BuildError } from '../runner/build-models.ts';
import { ModelError } from '../runner/model.ts';

/** Runs a command's action; what is expected to go wrong becomes a CommandError. */
export async function withExpectedErrors<T>(action: () => Promise<T> | T): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (
      error instanceof CalendarError ||
      error instanceof RuleSetError ||
      error instanceof ModelError ||
      error instanceof BuildError ||
      error instanceof DrawError ||
      error instanceof ExampleError
    )
      throw new CommandError(error.message);
    throw error;
  }
}
