import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CITY_IDS, type CityId } from '../cities/cities.ts';
import { generateCity } from '../cities/generate-city.ts';
import { USUAL_DEFECTS } from '../defects.ts';
import { type DistrictOptions, generateDistrict, volumeFor } from '../district.ts';

interface Output {
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
}

interface Flags {
  city?: CityId;
  out: string;
  events?: number;
  seed: string;
  quarters: number;
  firstQuarter?: string;
  until?: string;
  subjects?: number;
  clean?: boolean;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError(`It must be a whole number from 1, not "${text}".`);
  return number;
}

/** `generate`: the demo district, or one of any size, as an NDJSON file or on stdout. */
export function registerGeneratorCommands(program: Command, context: Output): void {
  program
    .command('generate')
    .description('write the events of a realistic invented district as NDJSON')
    .option('--out <file>', 'file to write (.gz compresses), - for stdout', '-')
    .option('--events <n>', 'exactly this many lines; the business scales with it', wholeNumber)
    .option('--seed <text>', 'another seed, another district', 'demo')
    .option('--quarters <n>', 'finished quarters', wholeNumber, 6)
    .option('--first-quarter <quarter>', 'first quarter, like 2025Q2')
    .option('--until <day>', 'last day (YYYY-MM-DD); default: the end of the last finished quarter')
    .option('--subjects <n>', 'market subjects; default 6,000 for the demo, more for more events', wholeNumber)
    .option('--clean', 'without duplicates and bad events')
    .addOption(
      new Option(
        '--city <id>',
        'a city whose rule set has no points; takes --seed, --quarters, --first-quarter, --until',
      )
        .choices([...CITY_IDS])
        .conflicts(['events', 'subjects', 'clean']),
    )
    .action(async (flags: Flags) => {
      await generateTo(flags, context);
    });
}

async function generateTo(flags: Flags, context: Output): Promise<void> {
  const { events } = flags;
  const options: DistrictOptions = { seed: flags.seed, quarters: flags.quarters };
  if (flags.firstQuarter) options.firstQuarter = flags.firstQuarter;
  if (flags.until) options.until = flags.until;
  if (flags.subjects) options.subjects = flags.subjects;
  options.defects = flags.clean ? false : USUAL_DEFECTS;
  if (events) {
    options.volume = volumeFor(events);
    options.limit = events;
  }
  const { city } = flags;
  const chunks = city ? generateCity({ ...options, city }) : generateDistrict(options);
  const source = Readable.from(counted(chunks, context.stderr));
  if (flags.out === '-') {
    await pipeline(source, context.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error; // a closed pipe (| head) is no error
    });
    return;
  }
  const file = createWriteStream(flags.out);
  const packed = flags.out.endsWith('.gz') ? [createGzip()] : [];
  await pipeline([source, ...packed, file]).catch((error: Error) => {
    throw new Error(`cannot write ${flags.out}: ${error.message}`, { cause: error });
  });
}

/** The chunks as they are; on a terminal tells how much went by. */
function* counted(chunks: Iterable<Buffer>, stderr: NodeJS.WritableStream): Generator<Buffer> {
  const onScreen = 'isTTY' in stderr && stderr.isTTY === true;
  let bytes = 0;
  for (const chunk of chunks) {
    bytes += chunk.length;
    yield chunk;
    if (onScreen) stderr.write(`\r${Math.round(bytes / 1e6)} MB `);
  }
  if (onScreen) stderr.write('\n');
}
