import type { StripSegment, StripState } from '../../src/core/integrity/strip';
import type { ChainView } from '../../src/protocol/integrityProtocol';
import { count, t } from '../common/text';

/** A time in UTC, to the minute, as digests and logs are named. */
export function timeText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** What a chain is called, beside its Region. */
export function chainSubtitle({ account, trail, organization, backfill }: ChainView): string {
  const parts = [organization, account, trail, backfill ? t('backfill') : null];
  return parts.filter((part) => part !== null).join(' · ');
}

/** The name of a verdict, and of a time without logging. */
export function stateName(state: StripState): string {
  switch (state) {
    case 'valid':
      return t('proven');
    case 'unproven':
      return t('unproven');
    case 'invalid':
      return t('invalid');
    case 'missing':
      return t('missing');
    case 'gap':
      return t('logging off');
  }
}

/** A segment in words: what a screen reader says, and what is shown below the strip. */
export function segmentText({ state, from, to, digests, logs, badLogs }: StripSegment): string {
  const span = t('{0} to {1} UTC', timeText(from), timeText(to));
  if (state === 'gap') return `${stateName(state)}: ${span}`;
  if (badLogs > 0) {
    return t(
      '{0}: {1} digests, {2} of {3} logs bad, {4}',
      stateName(state),
      ...[digests, badLogs, logs].map(count),
      span,
    );
  }
  return t('{0}: {1} digests, {2} logs, {3}', stateName(state), ...[digests, logs].map(count), span);
}
