/** Largest event in bytes; a quarter list of 50,000 rows fits. */
export const MAX_EVENT_BYTES = 4 * 1024 * 1024;
/** Deepest nesting of objects and arrays. */
export const MAX_DEPTH = 64;
/** Of a refused event as many bytes are kept. */
export const MAX_KEPT_BYTES = 1024 * 1024;
