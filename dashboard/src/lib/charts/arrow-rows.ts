import { tableFromIPC } from 'apache-arrow';

/**
 * Rows of an Arrow IPC stream as plain objects. The queries cast to what JavaScript holds exactly
 * (String, Float64, UInt32, Date, DateTime64(3)); dates come back as epoch milliseconds.
 */
export function arrowRows<Row>(bytes: Uint8Array): Row[] {
  if (bytes.length === 0) return [];
  return tableFromIPC(bytes)
    .toArray()
    .map((row: { toJSON(): Row }) => row.toJSON());
}
