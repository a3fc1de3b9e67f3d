import { useRef, useState } from 'preact/hooks';
import { visibleText } from '../../src/core/text';
import { t } from '../common/text';
import type { RecordLine } from './recordLines';

export interface RecordTextProps {
  readonly lines: readonly RecordLine[];
  /** What CloudTrail's reference says of a field, by its path. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** Filters for the value of a line, or filters it out. */
  readonly onPivot: (line: RecordLine, wanted: boolean) => void;
}

/**
 * A record, one field a line, every token as delivered. Up and Down go through the values; Enter filters for the one at hand, Delete filters it
 * out, as do the buttons beside it.
 */
export function RecordText({ lines, descriptions, onPivot }: RecordTextProps) {
  const list = useRef<HTMLUListElement>(null);
  const values = lines.flatMap(({ found }, index) => (found === undefined ? [] : [index]));
  const [at, setAt] = useState(values[0] ?? 0);
  const focus = (index: number | undefined): void => {
    if (index === undefined) return;
    setAt(index);
    list.current!.querySelector<HTMLElement>(`[data-line="${index}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['line'] === undefined) return;
    const place = values.indexOf(at);
    if (event.key === 'ArrowDown') focus(values[place + 1]);
    else if (event.key === 'ArrowUp') focus(values[place - 1]);
    else if (event.key === 'Home') focus(values[0]);
    else if (event.key === 'End') focus(values.at(-1));
    else if (event.key === 'Enter') onPivot(lines[at]!, true);
    else if (event.key === 'Delete') onPivot(lines[at]!, false);
    else return;
    event.preventDefault();
  };
  return (
    <ul ref={list} class="record mono" onKeyDown={onKeyDown} aria-label={t('Fields of the record')}>
      {lines.map((line, index) => (
        <li key={index} style={{ paddingInlineStart: `${line.level * 14}px` }}>
          <Text line={line} index={index} isCurrent={index === at} descriptions={descriptions} onFocus={setAt} />
          {line.found !== undefined && (
            <span class="record-pivots">
              <button
                type="button"
                class="tool"
                tabIndex={index === at ? 0 : -1}
                aria-label={t('Filter for {0}', visibleText(line.value))}
                title={t('Filter for this value')}
                onClick={() => onPivot(line, true)}
              >
                ⊕
              </button>
              <button
                type="button"
                class="tool"
                tabIndex={index === at ? 0 : -1}
                aria-label={t('Filter out {0}', visibleText(line.value))}
                title={t('Filter this value out')}
                onClick={() => onPivot(line, false)}
              >
                ⊖
              </button>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

interface TextProps {
  readonly line: RecordLine;
  readonly index: number;
  readonly isCurrent: boolean;
  readonly descriptions: ReadonlyMap<string, string>;
  readonly onFocus: (index: number) => void;
}

function Text({ line: { key, value, comma, path, found }, index, isCurrent, descriptions, onFocus }: TextProps) {
  const description = path === null ? undefined : descriptions.get(referencePath(path));
  const content = (
    <>
      {key !== null && (
        <>
          <span class="record-key">{visibleText(key)}</span>
          {': '}
        </>
      )}
      <span class={found === undefined ? 'record-mark' : `record-${found.type}`}>{visibleText(value)}</span>
      {comma && <span>,</span>}
    </>
  );
  if (found === undefined)
    return (
      <span class="record-line" title={description}>
        {content}
      </span>
    );
  return (
    <button
      type="button"
      class="record-line"
      data-line={index}
      tabIndex={isCurrent ? 0 : -1}
      title={description}
      onFocus={() => onFocus(index)}
    >
      {content}
    </button>
  );
}

/** As the reference writes paths: elements of lists are `[]`. */
function referencePath(path: readonly (string | number)[]): string {
  return path
    .map((part) => (typeof part === 'number' ? '[]' : `.${part}`))
    .join('')
    .slice(1);
}
