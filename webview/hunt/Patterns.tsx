import type { SavedPattern } from '../../src/protocol/huntProtocol';
import { t } from '../common/text';
import { examplePatterns } from './examplePatterns';
import type { HuntModel, HuntState } from './huntModel';

export interface PatternsProps {
  readonly model: HuntModel;
  readonly state: HuntState;
}

/** Saved and earlier patterns, and examples to begin with; and what else can be done with the one in the box. */
export function Patterns({ model, state: { pattern, parsed, phase, saved, history } }: PatternsProps) {
  const use = (text: string): void => {
    model.write(text);
    model.start();
  };
  const usable = parsed.pattern !== undefined && pattern.trim() !== '';
  return (
    <div class="hunt-patterns">
      <details open={phase === 'idle' && pattern === ''}>
        <summary>{t('Patterns: saved, earlier, examples')}</summary>
        <PatternList
          title={t('Saved')}
          patterns={saved}
          onUse={use}
          onForget={(name) => model.post({ kind: 'forget', name })}
        />
        <PatternList title={t('Earlier')} patterns={history.map((each) => ({ name: '', pattern: each }))} onUse={use} />
        <PatternList title={t('Examples')} patterns={examplePatterns()} onUse={use} />
      </details>
      {usable && (
        <div class="hunt-more">
          <button type="button" class="link-button" onClick={() => model.post({ kind: 'save', pattern })}>
            {t('Save')}
          </button>
          <button type="button" class="link-button" onClick={() => model.post({ kind: 'saveAsRule', pattern })}>
            {t('Save as Rule')}
          </button>
          <button type="button" class="link-button" onClick={() => model.post({ kind: 'copySql', pattern })}>
            {t('Copy as SQL')}
          </button>
        </div>
      )}
    </div>
  );
}

interface PatternListProps {
  readonly title: string;
  readonly patterns: readonly SavedPattern[];
  readonly onUse: (pattern: string) => void;
  readonly onForget?: (name: string) => void;
}

function PatternList({ title, patterns, onUse, onForget }: PatternListProps) {
  if (patterns.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {patterns.map(({ name, pattern }) => (
          <li key={`${name} ${pattern}`}>
            <button type="button" class="pattern-choice" title={pattern} onClick={() => onUse(pattern)}>
              {name !== '' && <span>{name}</span>}
              <span class={`mono${name === '' ? '' : ' muted'}`}>{pattern}</span>
            </button>
            {onForget !== undefined && (
              <button
                type="button"
                class="link-button"
                aria-label={t('Forget {0}', name)}
                title={t('Forget {0}', name)}
                onClick={() => onForget(name)}
              >
                ✕
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
