import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../common/text';
import { moved, toggled } from '../grid/columnLayout';
import { COLUMN_FIELDS, DEFAULT_COLUMNS, NEW_COLUMN_WIDTH } from './columns';
import { fieldName } from './fieldName';
import type { InvestigationModel } from './investigationModel';
import type { InvestigationViewState } from './investigationState';

export interface ColumnChooserProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

/** Which columns the grid has, and in which order. */
export function ColumnChooser({ model, state: { columns } }: ColumnChooserProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const shown = columns.map(({ field }) => field);
  const others = COLUMN_FIELDS.filter((field) => !shown.includes(field));
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (open) box.current?.querySelector('input')?.focus();
  }, [open]);
  return (
    <div
      class="chooser"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) close();
      }}
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (relatedTarget !== null && !currentTarget.contains(relatedTarget as Node)) setOpen(false);
      }}
    >
      <button ref={button} type="button" class="tool" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('Columns')}
      </button>
      {open && (
        <div ref={box} class="chooser-box" role="group" aria-label={t('Columns')}>
          <ul>
            {[...shown, ...others].map((field) => {
              const isShown = shown.includes(field);
              return (
                <li key={field}>
                  <label>
                    <input
                      type="checkbox"
                      checked={isShown}
                      disabled={isShown && shown.length === 1}
                      onChange={() => model.setColumns(toggled(columns, field, NEW_COLUMN_WIDTH))}
                    />
                    {fieldName(field)}
                  </label>
                  {isShown && (
                    <>
                      <button
                        type="button"
                        class="tool"
                        aria-label={t('Move {0} to the left', fieldName(field))}
                        disabled={field === shown[0]}
                        onClick={() => model.setColumns(moved(columns, field, -1))}
                      >
                        ↑
                      </button>
                      <button
                        type="button"
                        class="tool"
                        aria-label={t('Move {0} to the right', fieldName(field))}
                        disabled={field === shown.at(-1)}
                        onClick={() => model.setColumns(moved(columns, field, 1))}
                      >
                        ↓
                      </button>
                    </>
                  )}
                </li>
              );
            })}
          </ul>
          <button type="button" class="link-button" onClick={() => model.setColumns(DEFAULT_COLUMNS)}>
            {t('As at first')}
          </button>
        </div>
      )}
    </div>
  );
}
