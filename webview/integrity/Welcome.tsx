import type { IntegrityToHost } from '../../src/protocol/integrityProtocol';
import { t } from '../common/text';
import { Button } from '../ui/Button';

/** What this is for, and what to do first. */
export function Welcome({ post }: { readonly post: (message: IntegrityToHost) => void }) {
  return (
    <section class="integrity" aria-label={t('Getting started')}>
      <p>
        {t(
          'Can these logs be trusted? CloudTrail signs a digest of its logs every hour. Choose a copy of the trail’s bucket, with its CloudTrail-Digest folders, to see whether anything was changed or deleted.',
        )}
      </p>
      <p class="muted">
        {t('Everything is checked on this machine. AWS is called only when you ask for keys or signatures.')}
      </p>
      <div class="integrity-buttons">
        <Button appearance="primary" onClick={() => post({ kind: 'choose', input: 'folder' })}>
          {t('Choose Folder…')}
        </Button>
        <Button onClick={() => post({ kind: 'openSamples' })}>{t('Try with Sample Logs')}</Button>
      </div>
    </section>
  );
}
