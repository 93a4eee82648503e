/** Where the broker's jars are: fetched once by Maven into `.cache/kafka-VERSION` of the checkout, kept out of git. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '@hengjian/warehouse';

const pom = fileURLToPath(new URL('./pom.xml', import.meta.url));
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
const LEAST_JAVA = 17;

/** The sentence shown where a broker cannot be run. */
export const INSTALL_JAVA =
  'A Kafka broker on this machine needs Java 17 or newer and Maven: apt-get install -y openjdk-17-jre-headless maven';

const answers = (command: string, argument: string, env = process.env) =>
  spawnSync(command, [argument], { encoding: 'utf8', env });

/** The command of a Java that is new enough: that of JAVA_HOME, or else of PATH; undefined if neither is. */
export function javaCommand(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const ofHome = environment.JAVA_HOME ? [join(environment.JAVA_HOME, 'bin', 'java')] : [];
  return [...ofHome, 'java'].find((command) => {
    const java = answers(command, '-version', environment);
    const version = Number(/version "(\d+)/.exec(`${java.stderr ?? ''}${java.stdout ?? ''}`)?.[1] ?? 0);
    return version >= LEAST_JAVA;
  });
}

/** Whether a broker can be run here: Java 17 or newer, and either the jars or Maven to fetch them. */
export function hasJava(): boolean {
  return javaCommand() !== undefined && (existsSync(jarDirectory()) || answers('mvn', '--version').status === 0);
}

function jarDirectory(): string {
  const version = /kafka_2\.13<\/artifactId>\s*<version>([^<]+)/.exec(readFileSync(pom, 'utf8'))?.[1];
  return join(cache, `kafka-${version}`);
}

/** @returns the directory of the jars. @throws CommandError without Java or Maven, or if Maven cannot fetch them. */
export async function kafkaJars(onStatus: (message: string) => void = () => {}): Promise<string> {
  if (!hasJava()) throw new CommandError(INSTALL_JAVA);
  const directory = jarDirectory();
  if (existsSync(directory)) return directory;
  onStatus('fetching Apache Kafka (43 MB, once) …');
  mkdirSync(cache, { recursive: true });
  // Fetched aside and moved as a whole: a half-filled directory is never taken for a broker.
  const aside = `${directory}.${process.pid}`;
  const output: string[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const maven = spawn(
      'mvn',
      ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${aside}`, '-DincludeScope=runtime'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [maven.stdout, maven.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
    maven.once('error', reject);
    maven.once('exit', resolve);
  });
  if (code !== 0) {
    rmSync(aside, { recursive: true, force: true });
    throw new CommandError(`Maven could not fetch Apache Kafka:\n${output.join('').trim().slice(0, 2000)}`);
  }
  try {
    renameSync(aside, directory);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
  return directory;
}
