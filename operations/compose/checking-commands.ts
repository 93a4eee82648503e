import { type SpawnSyncReturns, spawnSync } from 'node:child_process';

export interface CheckingCommand {
  /** As one types it. */
  name: string;
  /** For a test's name: why it is skipped and the way out; empty where the command is there. */
  missing: string;
  run(args: string[], env?: NodeJS.ProcessEnv): SpawnSyncReturns<string>;
}

/** For tests: the commands that judge compose file and alert rules. In CI, which installs them (.ci/run), none may be missing. */
export function checkingCommands(): { compose: CheckingCommand; promtool: CheckingCommand } {
  return {
    compose: firstOf([['docker', 'compose'], ['docker-compose']], 'version', 'apt-get install -y docker-compose'),
    promtool: firstOf(
      [['promtool']],
      '--version',
      'apt-get install -y prometheus, or bash .ci/run, which takes only it',
    ),
  };
}

/** The first form of a command that answers when asked for its version; it needs no daemon for that. */
function firstOf(forms: string[][], version: string, install: string): CheckingCommand {
  const run = ([program, ...first]: string[], args: string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(program!, [...first, ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
  const found = forms.find((form) => run(form, [version]).status === 0);
  const form = found ?? forms.at(-1)!;
  return {
    name: form.join(' '),
    missing: found ? '' : ` (skipped: ${form.join(' ')} is not on this machine: ${install})`,
    run: (args, env) => run(form, args, env),
  };
}
