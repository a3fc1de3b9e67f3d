import type { CloudTrailEvent } from '../events/event';
import { principalName } from '../events/principal';
import { compileText } from '../patterns/valueTest';
import type { Rule } from './rule';

/** A rule that is known to be met for a good reason: by anybody, by one principal, or by one ARN. */
export interface Mute {
  /** The id of a rule; a `*` in it stands for any run of characters. */
  readonly rule: string;
  /** Who, as the views show it, or the name of the user or role; with `*`. Null for anybody. */
  readonly principal: string | null;
  /** The caller's ARN or that of the role behind its session; with `*`. Null for any. */
  readonly arn: string | null;
  readonly reason: string;
  /** From this moment on the mute is void, in epoch milliseconds; null for never. */
  readonly until: number | null;
}

/** A mute to be asked: {@link event} says the same as the texts, which are undefined for any. */
export interface CompiledMute {
  readonly mute: Mute;
  readonly rule: (id: string) => boolean;
  /** Of who called as the views show it, or of the name of the user or role. */
  readonly principal: ((text: string) => boolean) | undefined;
  /** Of the caller or of the role behind its session. */
  readonly arn: ((text: string) => boolean) | undefined;
  readonly event: (event: CloudTrailEvent) => boolean;
}

/** The mutes in force at one moment. */
export class Mutes {
  private readonly mutes: readonly CompiledMute[];
  /** Those that may be about a rule, by its id: found once a rule, not once a record. */
  private readonly byRule = new Map<string, readonly CompiledMute[]>();

  /** `now` is in epoch milliseconds. */
  constructor(mutes: readonly Mute[], now: number) {
    this.mutes = mutes.filter(({ until }) => until === null || now < until).map(compile);
  }

  get isEmpty(): boolean {
    return this.mutes.length === 0;
  }

  /** The mutes in force, as they can be sent to another thread. */
  get all(): readonly Mute[] {
    return this.mutes.map(({ mute }) => mute);
  }

  /** The mute that silences a rule for an event; undefined when none does. */
  of(rule: Rule, event: CloudTrailEvent): Mute | undefined {
    if (this.isEmpty) return undefined;
    return this.about(rule).find((each) => each.event(event))?.mute;
  }

  /** The mutes that silence a rule for some events. */
  about({ id }: Rule): readonly CompiledMute[] {
    let mutes = this.byRule.get(id);
    if (mutes === undefined) this.byRule.set(id, (mutes = this.mutes.filter(({ rule }) => rule(id))));
    return mutes;
  }
}

export const NO_MUTES = new Mutes([], 0);

function compile(mute: Mute): CompiledMute {
  const principal = mute.principal === null ? undefined : wildcard(mute.principal);
  const arn = mute.arn === null ? undefined : wildcard(mute.arn);
  const some = (test: (text: string) => boolean, texts: readonly (string | undefined)[]): boolean =>
    texts.some((text) => text !== undefined && test(text));
  return {
    mute,
    rule: wildcard(mute.rule),
    principal,
    arn,
    event: (event) =>
      (principal === undefined ||
        some(principal, [principalName(event), event.userName, event.sessionIssuerUserName])) &&
      (arn === undefined || some(arn, [event.arn, event.sessionIssuerArn])),
  };
}

function wildcard(text: string): (text: string) => boolean {
  return compileText({ kind: 'text', text, quoted: true, start: 0, end: 0 });
}
