/**
 * The embedded ClickHouse: started by `superviseEngine` as a child process, never imported.
 *
 * Loads `libchdb.so` through Node's own FFI and enters `query_stable_v2`, which is `clickhouse local`. The call
 * blocks until standard input closes: the parent holds the other end, so a killed parent takes the engine along.
 *
 * Arguments: path of config.xml. Without that file the engine would start wide open, so it is checked first.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const configFile = process.argv[2];
if (!configFile || !existsSync(configFile)) {
  process.stderr.write(
    `the engine's configuration ${configFile ?? '(none given)'} does not exist; refusing to start it open\n`,
  );
  process.exit(78);
}

// Ctrl-C reaches the whole process group of a terminal; only the parent decides when the engine stops.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

// Read by the engine's allocator when the library is loaded: memory that was freed goes back to the system after half a second,
// also while nothing is allocated. By default it stays until the next allocations happen to come upon it.
process.env.JE_MALLOC_CONF ??= 'background_thread:true,dirty_decay_ms:500';

const require = createRequire(import.meta.url);
const ffi = require('node:ffi');
const { resolveLibchdb } = require('chdb/libchdb');
const located = resolveLibchdb();

const { functions } = ffi.dlopen(located.path, {
  query_stable_v2: { arguments: ['i32', 'pointer'], return: 'pointer' },
});

const args = [
  'clickhouse',
  `--config-file=${configFile}`,
  '--log-level=warning',
  "--query=SYSTEM START LISTEN HTTP; SELECT * FROM file('stdin','LineAsString','line String') FORMAT Null",
];
const strings = args.map((text) => Buffer.from(`${text}\0`, 'utf8'));
const argv = Buffer.alloc(strings.length * 8);
strings.forEach((text, index) => {
  argv.writeBigUInt64LE(BigInt(ffi.getRawPointer(text)), index * 8);
});
functions.query_stable_v2(args.length, ffi.getRawPointer(argv));
process.exit(0);
