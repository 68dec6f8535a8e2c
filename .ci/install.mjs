/** Installs the locked dependencies, unless what is installed already matches the lock file. */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {spawnSync} from 'node:child_process';

const stamp = 'node_modules/.installed';

export function install() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

/** Runs a command with its output shown; ends this process with the command's exit code if it is not one of `accepted`. */
export function run(command, args, accepted = [0]) {
  const result = spawnSync(command, args, {stdio: 'inherit', shell: process.platform === 'win32'});
  if (result.error) {
    console.error(`${command} could not be started: ${result.error.message}`);
    process.exit(1);
  }
  if (!accepted.includes(result.status)) process.exit(result.status ?? 1);
  return result.status;
}
