import './hunt.css';
import { useState } from 'preact/hooks';
import { t } from '../common/text';
import { PatternBox } from '../patternBox/PatternBox';
import { Button } from '../ui/Button';
import { Dropdown } from '../ui/Dropdown';
import { Explanation } from './Explanation';
import { Patterns } from './Patterns';
import { Results } from './Results';
import { Welcome } from './Welcome';
import type { HuntModel, HuntState } from './huntModel';

export interface HuntProps {
  readonly model: HuntModel;
  readonly state: HuntState;
}

/** The Hunt view: ask the logs a question, go through the answer. */
export function Hunt({ model, state }: HuntProps) {
  const { pattern, parsed, phase, history, ready, file, investigation } = state;
  const [explained, setExplained] = useState(false);
  const nothingToSearch = ready && file === null && investigation === null;
  const run = (): void => model.start();
  return (
    <>
      <form
        class="hunt-form"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <PatternBox
          value={pattern}
          label={t('Filter pattern')}
          errors={parsed.errors}
          notes={parsed.notes}
          history={history}
          onInput={(text) => model.write(text)}
          onSubmit={run}
          complete={(text, caret) => model.complete(text, caret)}
        />
        <div class="hunt-actions">
          {phase === 'running' ? (
            <Button onClick={() => model.cancel()}>{t('Cancel')}</Button>
          ) : (
            <Button appearance="primary" disabled={!model.canRun} onClick={run}>
              {t('Run')}
            </Button>
          )}
          <Dropdown
            label={t('Search in')}
            value={model.scope}
            options={[
              { value: 'file', text: t('this file') },
              { value: 'investigation', text: t('investigation') },
            ]}
            onChange={(scope) => model.choose({ scope })}
          />
          {parsed.pattern !== undefined && (
            <button
              type="button"
              class="link-button"
              aria-expanded={explained}
              onClick={() => setExplained(!explained)}
            >
              {t('Explain')}
            </button>
          )}
        </div>
        {explained && parsed.pattern !== undefined && <Explanation pattern={parsed.pattern} />}
        <Patterns model={model} state={state} />
      </form>
      {nothingToSearch ? <Welcome post={(message) => model.post(message)} /> : <Results model={model} state={state} />}
    </>
  );
}
