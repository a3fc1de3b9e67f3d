/** What an error code says about a call. Source: `error-codes.json`, "classes". */
export type ErrorClass =
  | 'authorization'
  | 'authentication'
  | 'throttling'
  | 'validation'
  | 'not-found'
  | 'conflict'
  | 'dry-run'
  | 'service'
  | 'other';

export interface ErrorCode {
  readonly code: string;
  readonly class: ErrorClass;
  readonly meaning: string;
  readonly suggests: string;
  readonly services: string;
  readonly attention: 'info' | 'low' | 'medium' | 'high';
  readonly aliases: readonly string[];
}

/** The shape of `data/error-codes.json`. */
export interface ErrorCodeData {
  readonly patterns: {
    readonly prefixes: readonly { readonly prefix: string }[];
    readonly ordered: readonly { readonly pattern: string; readonly class: string }[];
  };
  readonly codes: readonly (Omit<ErrorCode, 'class' | 'attention'> & {
    readonly class: string;
    readonly attention: string;
  })[];
}

/** Looks error codes up, with and without EC2's `Client.` and `Server.` in front. */
export class ErrorCodes {
  private readonly codes = new Map<string, ErrorCode>();
  private readonly prefixes: readonly string[];
  private readonly patterns: readonly { readonly pattern: RegExp; readonly class: ErrorClass }[];

  constructor(data: ErrorCodeData) {
    for (const code of data.codes as readonly ErrorCode[]) {
      for (const name of [code.code, ...code.aliases])
        if (!this.codes.has(name) || name === code.code) this.codes.set(name, code);
    }
    this.prefixes = data.patterns.prefixes.map(({ prefix }) => prefix);
    this.patterns = data.patterns.ordered.map((each) => ({
      pattern: new RegExp(each.pattern),
      class: each.class as ErrorClass,
    }));
  }

  /** What is known of a code; undefined for one that the table does not hold. */
  find(code: string): ErrorCode | undefined {
    return this.codes.get(code) ?? this.codes.get(this.withoutPrefix(code));
  }

  /** The class of any code: from the table, else by the first pattern that fits, else `other`. */
  classOf(code: string): ErrorClass {
    return this.find(code)?.class ?? this.patterns.find(({ pattern }) => pattern.test(code))?.class ?? 'other';
  }

  private withoutPrefix(code: string): string {
    const prefix = this.prefixes.find((each) => code.startsWith(each));
    return prefix === undefined ? code : code.slice(prefix.length);
  }
}
