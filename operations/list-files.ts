/** Quarterly lists through the layouts that `import` reads: what one door takes, the other takes too. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FiledList, ListFiles, ReadLists } from '@hengjian/contract/list-files.ts';
import { tableKnowledge } from '@hengjian/ingest/commands/table-knowledge.ts';
import { UnreadableFileError } from '@hengjian/ingest/files/read-file.ts';
import { headOf } from '@hengjian/ingest/tables/files/open-workbook.ts';
import { type ReadTable, readTable } from '@hengjian/ingest/tables/import/open-table.ts';
import { namedUnits, ruleLimits } from '@hengjian/models';
import type { Environment } from '@hengjian/warehouse';

const LAYOUT = 'quarter-list';

/** Layouts, units and aliases are read each time: an office may add some while a dashboard runs. */
export function listFiles(environment: Pick<Environment, 'dataDir' | 'ruleset'>): ListFiles {
  const knowledge = () =>
    tableKnowledge(environment.dataDir, {
      units: () => namedUnits(environment),
      limits: () => ruleLimits(environment),
    });
  return {
    async template({ unit, quarter, kind, sent }) {
      const layout = knowledge().layouts.find(({ id }) => id === LAYOUT)!;
      // Loaded here, since nothing else of the dashboard needs the library.
      const { writeTemplate } = await import('@hengjian/ingest/tables/templates/write-template.ts');
      return writeTemplate(
        layout,
        { units: namedUnits(environment).map(({ name }) => name) },
        { unit, quarter, kind, sent },
      );
    },
    async read(bytes, unit) {
      const directory = await mkdtemp(join(tmpdir(), 'hengjian-list-'));
      const path = join(directory, 'list');
      try {
        await writeFile(path, bytes, { mode: 0o600 });
        const table = await readTable(path, await headOf(path), knowledge(), { layout: LAYOUT, department: unit });
        return await listsOf(table).finally(() => table.plan.close());
      } catch (error) {
        if (!(error instanceof UnreadableFileError)) throw error;
        return { ok: false, unreadable: error.message.replaceAll(path, '').trim(), refused: [] };
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

async function listsOf({ plan, unmatched }: ReadTable): Promise<ReadLists> {
  const lists: FiledList[] = [];
  const refused: Extract<ReadLists, { ok: false }>['refused'] = [];
  let index = 0;
  for await (const { row, bytes } of plan.placed()) {
    const { refusal } = plan.entries[index++]!;
    if (refusal) refused.push({ row, reason: refusal.reason, detail: refusal.detail });
    else {
      const { department, data } = JSON.parse(bytes.toString('utf8')) as { department: string; data: FiledList };
      lists.push({ unit: department, quarter: data.quarter, kind: data.kind, rows: data.rows });
    }
  }
  // Rows of an organ that nobody knows would be taken for the unit's own.
  for (const organ of unmatched)
    refused.push({ row: 0, reason: 'department_unmatched', detail: `${JSON.stringify(organ)} is no unit` });
  return refused.length > 0 ? { ok: false, refused } : { ok: true, lists };
}
