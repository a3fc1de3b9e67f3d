import { events } from './events';
import { EXIT, type ExitCode } from './exitCodes';
import { explain } from './explain';
import { findings } from './findings';
import { HELP } from './help';
import { inspect } from './inspect';
import { Output } from './output';
import { UsageError, isUsageError } from './usage';
import { version } from './version';

type Command = (args: readonly string[], output: Output) => Promise<ExitCode>;

/** What looks at logs is here; the rest is loaded when it is called, so that the program starts at once. */
const COMMANDS = new Map<string, Command>(
  Object.entries({
    inspect,
    events,
    findings,
    explain,
    sessions: async (...call: Parameters<Command>) => (await import('./sessions')).sessions(...call),
    sql: async (...call: Parameters<Command>) => (await import('./sql')).sql(...call),
    validate: async (...call: Parameters<Command>) => (await import('./validate')).validate(...call),
  }),
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
    if (!isUsageError(error)) throw error;
    process.stderr.write(`${error.message}\nSee cloudtrail-investigator --help\n`);
    process.exitCode = EXIT.usage;
  },
);
