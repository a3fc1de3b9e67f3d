import { parseArgs } from 'node:util';

/** The command line makes no sense: shown with a pointer to the help, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Commands in bundles of their own have classes of their own: their errors are known by name. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

export interface Arguments {
  readonly paths: readonly string[];
  text(name: string): string | undefined;
  /** Every value of an option that may be repeated. */
  texts(name: string): readonly string[];
  flag(name: string): boolean;
}

/** Parses what follows a command's name: paths and the given options. */
export function parseArguments(args: readonly string[], options: NonNullable<Options>): Arguments {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  return {
    paths: positionals,
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    texts: (name) => [values[name]].flat().filter((value) => typeof value === 'string'),
    flag: (name) => values[name] === true,
  };
}

/** The value of an option that must be one of a few words. */
export function oneOf<T extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback;
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`--${name} is one of ${allowed.join(', ')}; not ${value}`);
  return found;
}

/** Commands that read logs need at least one path. */
export function requirePaths(paths: readonly string[]): void {
  if (paths.length === 0) throw new UsageError('Name at least one file or folder.');
}
