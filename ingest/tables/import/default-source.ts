/** `source` of the events of tables. */
export { OFFICE_FILES_SOURCE as DEFAULT_SOURCE } from '@hengjian/contract/table-imports.ts';
