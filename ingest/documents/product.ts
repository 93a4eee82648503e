/** What both documents say alike. */
export const INFO = {
  title: 'Hengjian 衡鉴',
  version: '0.1.0',
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
};

export const EDGE_SERVER = { host: '127.0.0.1:8080', description: 'Ingest edge (INGEST_PORT)' };

export const KEY_SECURITY = {
  type: 'http',
  scheme: 'bearer',
  description: 'An ingest key, made by `hengjian key add NAME`',
};
