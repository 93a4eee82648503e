/** `source` of the events of tables. */
export const DEFAULT_SOURCE = 'urn:hengjian:office-files';
