import type {
  IntegrityInputInfo,
  IntegrityInputKind,
  IntegrityState,
  IntegrityToHost,
} from '../../src/protocol/integrityProtocol';
import { t } from '../common/text';
import { Button } from '../ui/Button';

interface Props {
  readonly state: IntegrityState;
  readonly post: (message: IntegrityToHost) => void;
}

/** What is validated and by what, and the button that does it. */
export function Inputs({ state, post }: Props) {
  const { folder, keys, signatures, phase, report, trusted } = state;
  const running = phase === 'running';
  return (
    <section aria-label={t('What is validated')}>
      <dl class="integrity-inputs">
        <Input kind="folder" name={t('Copy of the bucket')} info={folder} none="" post={post} disabled={running} />
        <Input
          kind="keys"
          name={t('Public keys')}
          info={keys}
          none={t('none: nothing can be proven')}
          post={post}
          disabled={running}
        />
        <Input
          kind="signatures"
          name={t('Saved signatures')}
          info={signatures}
          none={t('none: the newest digest of a chain stays unproven')}
          post={post}
          disabled={running}
        />
      </dl>
      <div class="integrity-buttons">
        {running ? (
          <Button onClick={() => post({ kind: 'cancel' })}>{t('Cancel')}</Button>
        ) : (
          <Button appearance="primary" onClick={() => post({ kind: 'run' })}>
            {report === null ? t('Validate') : t('Validate Again')}
          </Button>
        )}
        <Button disabled={running || !trusted} onClick={() => post({ kind: 'fetchKeys' })}>
          {t('Fetch Keys from AWS…')}
        </Button>
        <Button disabled={running || !trusted} onClick={() => post({ kind: 'fetchSignatures' })}>
          {t('Fetch Signatures from S3…')}
        </Button>
      </div>
      {!trusted && (
        <p class="muted">
          {t('AWS is not called in a workspace that is not trusted; everything local works.')}{' '}
          <button type="button" class="link-button" onClick={() => post({ kind: 'trust' })}>
            {t('Manage trust')}
          </button>
        </p>
      )}
    </section>
  );
}

interface InputProps {
  readonly kind: IntegrityInputKind;
  readonly name: string;
  readonly info: IntegrityInputInfo | null;
  /** What it means that there is none. */
  readonly none: string;
  readonly disabled: boolean;
  readonly post: (message: IntegrityToHost) => void;
}

function Input({ kind, name, info, none, disabled, post }: InputProps) {
  const change = info === null ? t('Choose…') : t('Change…');
  return (
    <div class="integrity-input">
      <dt>{name}</dt>
      <dd>
        <span class={info === null ? 'integrity-value muted' : 'integrity-value'} title={info?.detail ?? none}>
          {info?.label ?? none}
        </span>
        <button
          type="button"
          class="link-button"
          disabled={disabled}
          aria-label={`${change} ${name}`}
          onClick={() => post({ kind: 'choose', input: kind })}
        >
          {change}
        </button>
        {info !== null && kind !== 'folder' && (
          <button
            type="button"
            class="link-button"
            disabled={disabled}
            aria-label={t('Remove {0}', name)}
            onClick={() => post({ kind: 'clear', input: kind })}
          >
            {t('Remove')}
          </button>
        )}
      </dd>
    </div>
  );
}
