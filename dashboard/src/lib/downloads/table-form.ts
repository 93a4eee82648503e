/** By the end of the file: for people, and for programs. */
export type TableForm = 'xlsx' | 'csv' | 'parquet' | 'arrow';
