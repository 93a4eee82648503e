/** A name in SQL, whatever signs it has (ClickHouse: escapes within back-quotes). For names of ours and of databases, never for input. */
export const quoteIdentifier = (name: string): string => `\`${name.replaceAll(/[\\`]/g, '\\$&')}\``;
