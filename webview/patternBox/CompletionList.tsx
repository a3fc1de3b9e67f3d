import { useEffect, useRef } from 'preact/hooks';
import type { Completion } from '../../src/core/patterns/complete';
import { count, t, translate } from '../common/text';

export interface CompletionListProps {
  readonly id: string;
  readonly items: readonly Completion[];
  readonly active: number;
  readonly onChoose: (item: Completion) => void;
}

/** The list under the pattern box. The focus stays in the box, which says which option is active. */
export function CompletionList({ id, items, active, onChoose }: CompletionListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active, items]);
  return (
    <ul ref={list} id={`${id}-completions`} class="completions" role="listbox" aria-label={t('Completions')}>
      {items.map((item, index) => (
        <li
          key={`${item.kind} ${item.label}`}
          id={`${id}-completion-${index}`}
          role="option"
          aria-selected={index === active}
          // The box must not lose the focus before the choice is made.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(item)}
        >
          <span class="completion-label">{item.label}</span>
          <span class="completion-detail">{detailOf(item)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What a completion means, or how often it occurs in the logs. */
function detailOf({ detail, count: occurs }: Completion): string {
  const meaning = typeof detail === 'object' ? translate(detail) : (detail ?? '');
  return occurs === undefined ? meaning : [count(occurs), meaning].filter((text) => text !== '').join(' · ');
}
