import { useRef, useState } from 'preact/hooks';
import type { FacetValue } from '../../src/core/table/facets';
import type { ViewField } from '../../src/core/table/views';
import { isSeverity } from '../../src/core/rules/severity';
import { visibleText } from '../../src/core/text';
import { severitySign } from '../common/severity';
import { count, t } from '../common/text';
import { useUniqueId } from '../common/uniqueId';
import { FACET_FIELDS } from './columns';
import { fieldName } from './fieldName';
import type { InvestigationModel } from './investigationModel';
import type { InvestigationViewState } from './investigationState';
import { standing } from './narrowing';

export interface FacetsProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

/** The values of the events found, by field: a click filters for one, with Alt it filters it out. */
export function Facets({ model, state }: FacetsProps) {
  return (
    <section class="facets" aria-label={t('Facets')}>
      {FACET_FIELDS.map((field) => (
        <FacetGroup key={field} field={field} model={model} state={state} />
      ))}
    </section>
  );
}

function FacetGroup({ field, model, state }: FacetsProps & { readonly field: ViewField }) {
  const id = useUniqueId();
  const [seeks, setSeeks] = useState(false);
  const { facets } = model;
  const open = facets.isOpen(field);
  const facet = facets.of(field);
  const name = fieldName(field);
  const values = facet?.values ?? [];
  return (
    <div class="facet">
      <h2>
        <button
          type="button"
          class="facet-name"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => facets.toggle(field)}
        >
          <span class="twistie" aria-hidden="true">
            {open ? '▾' : '▸'}
          </span>
          {name}
          {open && facet !== undefined && <span class="muted facet-distinct">{count(facet.distinct)}</span>}
        </button>
        {open && (seeks || (facet?.distinct ?? 0) > values.length) && (
          <button
            type="button"
            class="tool facet-seek"
            aria-pressed={seeks}
            aria-label={t('Search in {0}', name)}
            title={t('Search in {0}', name)}
            onClick={() => {
              if (seeks) facets.search(field, '');
              setSeeks(!seeks);
            }}
          >
            ⌕
          </button>
        )}
      </h2>
      {open && (
        <div id={id}>
          {(seeks || facets.searchOf(field) !== '') && (
            <input
              class="facet-search"
              type="text"
              aria-label={t('Search in {0}', name)}
              placeholder={t('Search')}
              value={facets.searchOf(field)}
              ref={(input) => {
                if (seeks && input !== null && input.value === '') input.focus();
              }}
              onInput={({ currentTarget }) => facets.search(field, currentTarget.value)}
            />
          )}
          <FacetValues field={field} values={values} model={model} state={state} />
          {facet !== undefined && values.length === 0 && <p class="facet-none muted">{t('nothing')}</p>}
          {facet !== undefined && facet.distinct > values.length && (
            <button type="button" class="link-button facet-more" onClick={() => facets.more(field)}>
              {t('{0} more', count(facet.distinct - values.length))}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

interface FacetValuesProps extends FacetsProps {
  readonly field: ViewField;
  readonly values: readonly FacetValue[];
}

/** Up and Down go from value to value, Right and Left to the button that filters out and back. */
function FacetValues({ field, values, model, state }: FacetValuesProps) {
  const list = useRef<HTMLUListElement>(null);
  const [wanted, setAt] = useState({ value: 0, button: 0 });
  const at = { ...wanted, value: Math.min(wanted.value, Math.max(0, values.length - 1)) };
  const highest = Math.max(1, ...values.map((each) => each.count));
  const focus = (value: number, button: number): void => {
    const buttons = list.current!.children[value]?.querySelectorAll('button');
    const next = buttons?.[Math.min(button, buttons.length - 1)];
    if (next === undefined) return;
    setAt({ value, button });
    next.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = values.length - 1;
    if (event.key === 'ArrowDown') focus(Math.min(at.value + 1, last), at.button);
    else if (event.key === 'ArrowUp') focus(Math.max(at.value - 1, 0), at.button);
    else if (event.key === 'Home') focus(0, at.button);
    else if (event.key === 'End') focus(last, at.button);
    else if (event.key === 'ArrowRight') focus(at.value, 1);
    else if (event.key === 'ArrowLeft') focus(at.value, 0);
    else return;
    event.preventDefault();
  };
  return (
    <ul ref={list} class="facet-values" onKeyDown={onKeyDown}>
      {values.map((value, index) => {
        const choice = { field, text: value.text, include: value.include, exclude: value.exclude };
        const stands = standing(state.query, choice);
        const text = valueText(field, value, state) + (isAlone(value, values) ? '' : accountText(value.text));
        const tab = (button: number): number => (index === at.value && button === at.button ? 0 : -1);
        return (
          <li key={value.text ?? ''} class={stands ?? ''}>
            <button
              type="button"
              class="facet-value"
              tabIndex={tab(0)}
              aria-pressed={stands === 'included'}
              title={value.label === undefined ? text : `${text}\n${visibleText(value.text ?? '')}`}
              onClick={({ altKey }) => {
                setAt({ value: index, button: 0 });
                if (altKey) model.exclude(choice);
                else model.include(choice);
              }}
            >
              <span class="facet-share" aria-hidden="true" style={{ width: `${(value.count / highest) * 100}%` }} />
              <span class="facet-text">
                {field === 'severity' && value.text !== null && isSeverity(value.text) && (
                  <span class={`severity-${value.text}`} aria-hidden="true">
                    {severitySign(value.text).sign}{' '}
                  </span>
                )}
                {text}
              </span>
              <span class="facet-count">{count(value.count)}</span>
            </button>
            {value.exclude !== null && (
              <button
                type="button"
                class="tool facet-exclude"
                tabIndex={tab(1)}
                aria-label={t('Filter out {0}', text)}
                title={t('Filter out {0}', text)}
                aria-pressed={stands === 'excluded'}
                onClick={() => model.exclude(choice)}
              >
                ⊖
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** A value as people read it. */
export function valueText(
  field: ViewField,
  { text, label }: Pick<FacetValue, 'text' | 'label'>,
  { tactics, rules }: Pick<InvestigationViewState, 'tactics' | 'rules'>,
): string {
  if (text === null) return field === 'severity' ? t('no finding') : t('(none)');
  if (field === 'severity' && isSeverity(text)) return severitySign(text).name;
  if (field === 'tactic') return tactics.find(({ id }) => id === text)?.name ?? text;
  if (field === 'rule') return rules[text] ?? text;
  return visibleText(label ?? text);
}

/** Whether no other value is called the same: every account has a root. */
function isAlone({ label, text }: FacetValue, values: readonly FacetValue[]): boolean {
  return label === undefined || values.every((each) => each.text === text || each.label !== label);
}

/** The account that tells a principal from others of the same name. */
function accountText(text: string | null): string {
  const account = /\b\d{12}\b/.exec(text ?? '')?.[0];
  return account === undefined ? '' : ` · ${account}`;
}
