import type { IntegrityToHost } from '../../src/protocol/integrityProtocol';
import { t } from '../common/text';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';

interface Props {
  readonly watching: boolean;
  readonly post: (message: IntegrityToHost) => void;
}

/** What can be done with a report. */
export function ReportActions({ watching, post }: Props) {
  return (
    <section aria-label={t('Report')}>
      <div class="integrity-buttons">
        <Button onClick={() => post({ kind: 'export', format: 'markdown' })}>{t('Export for People…')}</Button>
        <Button onClick={() => post({ kind: 'export', format: 'json' })}>{t('Export as JSON…')}</Button>
      </div>
      <Checkbox
        checked={watching}
        label={t('Watch the folder and warn of what turns invalid')}
        onChange={() => post({ kind: 'watch' })}
      />
    </section>
  );
}
