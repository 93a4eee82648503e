import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A long file that is begun last leaves the other cores idle: faults (which wait for minutes) first, then browsers. */
const ORDER = [/\.chaos\.test\.ts$/, /\.e2e\.|\/e2e\//, /\.slow\.test\.ts$/];

/** Otherwise as Vitest sorts: by how long they took before, or by size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => placeOf(a.moduleId) - placeOf(b.moduleId));
  }
}

function placeOf(path: string): number {
  const place = ORDER.findIndex((pattern) => pattern.test(path));
  return place < 0 ? ORDER.length : place;
}
