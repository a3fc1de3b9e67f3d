import { parseArn } from '../events/arn';
import type { Confidence, Link, Session } from './session';
import type { SessionGraph } from './sessionGraph';
import { weaker } from './sessionLinker';

/** A user's access key that somebody else made. */
export interface MadeKey {
  readonly key: Session;
  readonly link: Link;
  /** The session that made it. */
  readonly maker: Session;
  /** How sure it is who is behind it. */
  readonly confidence: Confidence;
}

/**
 * The access keys on the way to a session that somebody made for another user, the nearest first. To AWS the user is who calls; whoever made
 * the key may well be the one who does (MITRE ATT&CK T1098.001).
 */
export function keyMakers(graph: SessionGraph, session: Session): MadeKey[] {
  return [...graph.chainTo(session), session].reverse().flatMap((key) => {
    const { link } = key;
    const maker = link?.issue.way === 'CreateAccessKey' ? link.parent : undefined;
    if (link === undefined || maker === undefined || isOwnKey(key, maker)) return [];
    return [{ key, link, maker, confidence: weaker(link.confidence, maker.origin.confidence) }];
  });
}

/** Whether the user of a key is who is behind its maker. A key that was never used has no ARN, and one of root no user's name either. */
function isOwnKey({ arn, userName, accountId }: Session, { origin, accountId: makersAccount }: Session): boolean {
  if (arn !== undefined && origin.arn !== undefined) return arn === origin.arn;
  const account = (origin.arn === undefined ? undefined : parseArn(origin.arn)?.account) ?? makersAccount;
  return userName === undefined || (userName === origin.userName && accountId === account);
}
