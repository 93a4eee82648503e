/** What `import` needs of tables: loaded when there is one. */
export { describeTable } from '../tables/import/describe-table.ts';
export { readTable } from '../tables/import/open-table.ts';
export { sendTable } from '../tables/import/send-table.ts';
export { StoredVersions } from '../tables/import/stored-versions.ts';
export { tableKnowledge } from './table-knowledge.ts';
