import { visibleText } from '../../src/core/text';
import { t } from '../common/text';
import { PatternBox } from '../patternBox/PatternBox';
import { fieldName } from './fieldName';
import { valueText } from './Facets';
import type { InvestigationModel } from './investigationModel';
import type { InvestigationViewState } from './investigationState';
import { spanOf } from './narrowing';
import { spanText } from './times';

export interface QueryBarProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

/** The pattern that rules everything below, and what narrows it that patterns cannot say. */
export function QueryBar({ model, state }: QueryBarProps) {
  const { text, parsed, history, query, refused } = state;
  const span = spanOf(query);
  const { where = [] } = query;
  return (
    <form
      class="query"
      onSubmit={(event) => {
        event.preventDefault();
        model.submit();
      }}
    >
      <PatternBox
        value={text}
        label={t('Filter pattern')}
        errors={parsed.errors}
        notes={parsed.notes}
        history={history}
        onInput={(next) => model.write(next)}
        onSubmit={() => model.submit()}
        complete={(typed, caret) => model.complete(typed, caret)}
      />
      <div role="status">
        {refused && (
          <p class="refused">
            {t('The pattern cannot take this: AWS sets limits to its length, and only JSON patterns can be added to.')}
          </p>
        )}
      </div>
      <ul class="chips" aria-label={t('Narrowed to')}>
        {span !== null && <Chip text={t('{0} UTC', spanText(span.from, span.to))} onRemove={() => model.zoom(null)} />}
        {where.flatMap(({ field, anyOf }) =>
          anyOf.map((value) => (
            <Chip
              key={`${field} ${value ?? ''}`}
              text={`${fieldName(field)}: ${visibleText(valueText(field, { text: value }, state))}`}
              onRemove={() => model.toggleFilter(field, value)}
            />
          )),
        )}
        {!model.showsAll && (
          <li>
            <button type="button" class="tool" onClick={() => model.clear()}>
              {t('Clear all')}
            </button>
          </li>
        )}
        {query.pattern.trim() !== '' && parsed.pattern !== undefined && (
          <>
            <li>
              <button type="button" class="tool" onClick={() => model.post({ kind: 'save', pattern: query.pattern })}>
                {t('Save')}
              </button>
            </li>
            <li>
              <button
                type="button"
                class="tool"
                onClick={() => model.post({ kind: 'copySql', pattern: query.pattern })}
              >
                {t('Copy as SQL')}
              </button>
            </li>
          </>
        )}
      </ul>
    </form>
  );
}

function Chip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  return (
    <li class="chip">
      {text}
      <button type="button" aria-label={t('Remove {0}', text)} title={t('Remove {0}', text)} onClick={onRemove}>
        ✕
      </button>
    </li>
  );
}
