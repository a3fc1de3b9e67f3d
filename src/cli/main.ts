import { events } from './events';
import { EXIT, type ExitCode } from './exitCodes';
import { explain } from './explain';
import { findings } from './findings';
import { HELP } from './help';
import { inspect } from './inspect';
import { Output } from './output';
import { sessions } from './sessions';
import { sql } from './sql';
import { UsageError } from './usage';
import { validate } from './validate';
import { version } from './version';

const COMMANDS = new Map<string, (args: readonly string[], output: Output) => Promise<ExitCode>>(
  Object.entries({ inspect, events, findings, sessions, explain, sql, validate }),
);

async function main(args: readonly string[]): Promise<ExitCode> {
  const output = new Output(process.stdout);
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || args.includes('--help') || args.includes('-h')) {
    const asked = name !== undefined;
    (asked ? process.stdout : process.stderr).write(HELP);
    return asked ? EXIT.found : EXIT.usage;
  }
  if (name === '--version' || name === '-v') {
    output.line(version());
    await output.flush(true);
    return EXIT.found;
  }
  const command = COMMANDS.get(name);
  if (command === undefined) throw new UsageError(`There is no command ${name}.`);
  const code = await command(rest, output);
  await output.flush(true);
  return code;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nSee cloudtrail-investigator --help\n`);
    process.exitCode = EXIT.usage;
  },
);
