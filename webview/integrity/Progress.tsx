import type { IntegrityProgressView } from '../../src/protocol/integrityProtocol';
import { count, t } from '../common/text';
import { ProgressRing } from '../ui/ProgressRing';

const MEGABYTE = 1_000_000;

/** How far a validation is. */
export function Progress({ progress }: { readonly progress: IntegrityProgressView | null }) {
  const text =
    progress === null
      ? t('Looking for digests…')
      : t('{0} of {1} digests read, {2} of {3} logs checked, {4} MB', ...numbersOf(progress));
  return (
    <div class="integrity-progress">
      <ProgressRing label={t('Validating')} />
      <span>{text}</span>
    </div>
  );
}

function numbersOf({ digests, totalDigests, logs, totalLogs, bytes }: IntegrityProgressView): string[] {
  return [digests, totalDigests, logs, totalLogs, Math.round(bytes / MEGABYTE)].map(count);
}
