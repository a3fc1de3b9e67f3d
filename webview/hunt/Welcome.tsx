import type { HuntToHost } from '../../src/protocol/huntProtocol';
import { t } from '../common/text';
import { Button } from '../ui/Button';

/** What to do first, when there is nothing to look through. */
export function Welcome({ post }: { readonly post: (message: HuntToHost) => void }) {
  return (
    <section class="hunt-note" aria-label={t('Getting started')}>
      <p>{t('Nothing to search yet. Open a CloudTrail log, or add a folder of logs to the investigation.')}</p>
      <div class="hunt-buttons">
        <Button appearance="primary" onClick={() => post({ kind: 'openLog' })}>
          {t('Open Log…')}
        </Button>
        <Button onClick={() => post({ kind: 'addSource' })}>{t('Add Folder…')}</Button>
        <Button onClick={() => post({ kind: 'openSamples' })}>{t('Try with Sample Logs')}</Button>
      </div>
    </section>
  );
}
