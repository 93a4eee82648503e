/** All files of one form together. */
export const IMPORT_LIMIT_BYTES = 64 * 1024 * 1024;
export const MOST_FILES = 20;
