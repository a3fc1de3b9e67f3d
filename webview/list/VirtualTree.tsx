import './virtualTree.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useUniqueId } from '../common/uniqueId';
import { moveInTree } from './treeKeys';
import type { TreeLine } from './treeLine';

export interface VirtualTreeProps {
  readonly label: string;
  readonly count: number;
  /** Height of a line, in px: all are as high. */
  readonly lineHeight: number;
  readonly lineAt: (index: number) => TreeLine;
  readonly render: (index: number) => ComponentChildren;
  /** Called with the lines on screen, `[from, to)`, whenever they change: what is missing can be fetched. */
  readonly onVisible: (from: number, to: number) => void;
  /** Enter, a click or a double click; `keepFocus` when the list should keep the focus. */
  readonly onOpen: (index: number, keepFocus: boolean) => void;
  readonly onToggle: (index: number) => void;
}

/** Lines beyond the screen that are drawn on either side. */
const MARGIN = 8;

/** A list of any length of which only what is on screen is in the page; lines may be groups that open. */
export function VirtualTree(props: VirtualTreeProps) {
  const { label, count, lineHeight, lineAt, render, onVisible, onOpen, onToggle } = props;
  const id = useUniqueId();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400 });
  const [wanted, setActive] = useState(0);
  const active = Math.min(wanted, Math.max(count - 1, 0));

  useLayoutEffect(() => {
    const element = box.current!;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const from = Math.max(0, Math.floor(view.top / lineHeight) - MARGIN);
  const to = Math.min(count, Math.ceil((view.top + view.height) / lineHeight) + MARGIN);
  useEffect(() => {
    if (to > from) onVisible(from, to);
  });

  const show = (index: number): void => {
    setActive(index);
    const element = box.current!;
    const top = index * lineHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + lineHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = top + lineHeight - element.clientHeight;
  };
  const choose = (index: number, keepFocus: boolean): void => {
    if (lineAt(index).expanded === undefined) onOpen(index, keepFocus);
    else onToggle(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (count === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(view.height / lineHeight) - 1);
    const move = moveInTree(event.key, { active, count, page, lineAt });
    if (move === undefined) return;
    event.preventDefault();
    if (move.kind === 'go') show(move.index);
    else if (move.kind === 'toggle') onToggle(active);
    else choose(active, event.key === ' ');
  };

  // What is read out must be in the page even when it was scrolled off the screen.
  const indexes = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  if (count > 0 && !indexes.includes(active)) indexes.push(active);
  return (
    <div
      ref={box}
      class="virtual-tree"
      role="tree"
      aria-label={label}
      tabIndex={0}
      {...(count > 0 && { 'aria-activedescendant': `${id}-${active}` })}
      onKeyDown={onKeyDown}
    >
      <div class="virtual-tree-space" role="presentation" style={{ height: `${count * lineHeight}px` }}>
        {indexes.map((index) => {
          const { key, level, expanded, position, siblings } = lineAt(index);
          return (
            <div
              key={key}
              id={`${id}-${index}`}
              class={`virtual-tree-line${index === active ? ' active' : ''}`}
              role="treeitem"
              aria-level={level}
              aria-posinset={position}
              aria-setsize={siblings}
              aria-selected={index === active}
              {...(expanded !== undefined && { 'aria-expanded': expanded })}
              style={{ top: `${index * lineHeight}px`, height: `${lineHeight}px` }}
              onClick={() => {
                setActive(index);
                choose(index, true);
              }}
              onDblClick={() => {
                if (expanded === undefined) onOpen(index, false);
              }}
            >
              {render(index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
