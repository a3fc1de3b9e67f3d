import './menu.css';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

export interface MenuItem {
  readonly text: string;
  /** Shown beside the text. */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly onChoose: () => void;
}

export interface MenuProps {
  readonly label: string;
  /** Groups of items, with a line between them. */
  readonly groups: readonly (readonly MenuItem[])[];
  /** Where it opens, in px of the page. */
  readonly at: { readonly x: number; readonly y: number };
  readonly onClose: () => void;
}

/** A menu that opens at a place, takes the focus and gives it back when it closes. */
export function Menu({ label, groups, at, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = menu.current!;
    const { width, height } = box.getBoundingClientRect();
    box.style.left = `${Math.max(0, Math.min(at.x, window.innerWidth - width - 4))}px`;
    box.style.top = `${Math.max(0, Math.min(at.y, window.innerHeight - height - 4))}px`;
  }, [at]);
  useEffect(() => {
    const before = document.activeElement;
    itemsOf(menu.current!)[0]?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const move = (to: (index: number, count: number) => number): void => {
    const items = itemsOf(menu.current!);
    const index = items.indexOf(document.activeElement as HTMLElement);
    items[to(index, items.length)]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (event.key === 'ArrowDown') move((index, length) => (index + 1) % length);
    else if (event.key === 'ArrowUp') move((index, length) => (index - 1 + length) % length);
    else if (event.key === 'Home') move(() => 0);
    else if (event.key === 'End') move((_, length) => length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label={label}
      onKeyDown={onKeyDown}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget !== null && !menu.current!.contains(relatedTarget as Node)) onClose();
      }}
    >
      <div class="menu-back" aria-hidden="true" onMouseDown={onClose} />
      {groups
        .filter((items) => items.length > 0)
        .map((items, index) => (
          <div key={index} class="menu-group" role="group">
            {items.map(({ text, keys, disabled = false, onChoose }) => (
              <button
                key={text}
                type="button"
                role="menuitem"
                tabIndex={-1}
                aria-disabled={disabled}
                onClick={() => {
                  if (disabled) return;
                  onClose();
                  onChoose();
                }}
              >
                <span>{text}</span>
                {keys !== undefined && <span class="menu-keys">{keys}</span>}
              </button>
            ))}
          </div>
        ))}
    </div>
  );
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
}
