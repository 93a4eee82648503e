/**
 * The configuration files of the embedded engine.
 *
 * Nobody but the holder of this start's secrets gets in: every HTTP rule demands the `X-Gate` header (anything else is
 * 404), `default` is used up by the session that opens the listener, and `app` and `reader` have random passwords.
 * Files are 0600; secrets are new at each start.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { writeOwnFile } from './write-own-file.ts';

/** What a client needs to reach an engine. Passwords and gate are secrets: never logged. */
export interface EngineAccess {
  url: string;
  gate: string;
  database: string;
  app: { user: string; password: string };
  reader: { user: string; password: string };
}

const secret = () => randomBytes(24).toString('base64url');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const GiB = 1024 ** 3;
/** A directory may be called anything; unescaped, an ampersand in its name would keep the engine from starting. */
const xmlText = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Writes config.xml and users.xml below `dataDir` for one run of the engine on `port`; returns the way in. */
export function writeEngineConfig(dataDir: string, port: number): { configFile: string; access: EngineAccess } {
  const access: EngineAccess = {
    url: `http://127.0.0.1:${port}`,
    gate: secret(),
    database: 'hengjian',
    app: { user: 'app', password: secret() },
    reader: { user: 'reader', password: secret() },
  };
  const directory = join(dataDir, 'engine');
  const storage = join(directory, 'store');
  const userFiles = join(directory, 'user_files');
  for (const path of [directory, storage, userFiles]) mkdirSync(path, { recursive: true, mode: 0o700 });
  const configFile = join(directory, 'config.xml');
  const usersFile = join(directory, 'users.xml');
  const memory = Math.max(2 * GiB, Math.min(totalmem() / 2, 16 * GiB));
  writeOwnFile(usersFile, usersXml(access, memory));
  writeOwnFile(configFile, configXml({ port, storage, userFiles, usersFile, gate: access.gate, memory }));
  return { configFile, access };
}

interface ConfigValues {
  port: number;
  storage: string;
  userFiles: string;
  usersFile: string;
  gate: string;
  memory: number;
}

/**
 * What the engine holds for each part of a table, some 50 KB, is freed only when its files are removed. Every insert,
 * merge and refresh supersedes parts, so they are removed after seconds instead of half a minute, by two threads instead
 * of 128 with an allocation cache each. What a merge has written is on the disk before the parts it replaces go.
 * A part is written with two buffers a column; of 128 KB instead of a megabyte, which changes nothing on disk.
 */
function configXml({ port, storage, userFiles, usersFile, gate, memory }: ConfigValues): string {
  return `<clickhouse>
  <path>${xmlText(storage)}/</path>
  <tmp_path>${xmlText(storage)}/tmp/</tmp_path>
  <user_files_path>${xmlText(userFiles)}/</user_files_path>
  <users_config>${xmlText(usersFile)}</users_config>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${port}</http_port>
  <timezone>Asia/Shanghai</timezone>
  <keep_alive_timeout>30</keep_alive_timeout>
  <max_connections>256</max_connections>
  <max_server_memory_usage>${Math.floor(memory)}</max_server_memory_usage>
  <mark_cache_size>268435456</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <background_pool_size>4</background_pool_size>
  <max_parts_cleaning_thread_pool_size>2</max_parts_cleaning_thread_pool_size>
  <merge_tree>
    <cleanup_delay_period>3</cleanup_delay_period>
    <cleanup_delay_period_random_add>1</cleanup_delay_period_random_add>
    <max_cleanup_delay_period>10</max_cleanup_delay_period>
    <min_rows_to_fsync_after_merge>1</min_rows_to_fsync_after_merge>
    <max_compress_block_size>131072</max_compress_block_size>
  </merge_tree>
  <backups><allowed_path>/</allowed_path></backups>
  <http_handlers>
    <rule>
      <url>/ping</url>
      <headers><X-Gate>${gate}</X-Gate></headers>
      <handler><type>static</type><status>200</status><response_content>Ok.</response_content></handler>
    </rule>
    <rule>
      <headers><X-Gate>${gate}</X-Gate></headers>
      <handler><type>dynamic_query_handler</type><query_param_name>query</query_param_name></handler>
    </rule>
  </http_handlers>
</clickhouse>
`;
}

function usersXml(access: EngineAccess, memory: number): string {
  const loopback = '<networks><ip>127.0.0.1</ip></networks>';
  return `<clickhouse>
  <profiles>
    <default/>
    <boot><max_sessions_for_user>1</max_sessions_for_user>
      <constraints><max_sessions_for_user><const/></max_sessions_for_user></constraints></boot>
    <app><max_memory_usage>${Math.floor(memory * 0.8)}</max_memory_usage>
      <max_bytes_before_external_group_by>${Math.floor(memory * 0.3)}</max_bytes_before_external_group_by>
      <max_bytes_before_external_sort>${Math.floor(memory * 0.3)}</max_bytes_before_external_sort></app>
    <reader><readonly>2</readonly><max_execution_time>60</max_execution_time>
      <max_memory_usage>${Math.floor(memory * 0.4)}</max_memory_usage>
      <cancel_http_readonly_queries_on_client_close>1</cancel_http_readonly_queries_on_client_close></reader>
  </profiles>
  <quotas><default/></quotas>
  <users>
    <default><password></password>${loopback}<profile>boot</profile><quota>default</quota>
      <grants><query>GRANT SYSTEM LISTEN ON *.*</query><query>GRANT READ ON FILE</query><query>GRANT CREATE TEMPORARY TABLE ON *.*</query></grants></default>
    <app><password_sha256_hex>${sha256(access.app.password)}</password_sha256_hex>${loopback}<profile>app</profile><quota>default</quota></app>
    <reader><password_sha256_hex>${sha256(access.reader.password)}</password_sha256_hex>${loopback}<profile>reader</profile><quota>default</quota>
      <grants><query>GRANT SELECT ON ${access.database}.*</query></grants></reader>
  </users>
</clickhouse>
`;
}
