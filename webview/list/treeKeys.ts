import type { TreeLine } from './treeLine';

export interface TreePlace {
  readonly active: number;
  readonly count: number;
  /** Lines that PageUp and PageDown go. */
  readonly page: number;
  readonly lineAt: (index: number) => TreeLine;
}

export type TreeMove = { readonly kind: 'go'; readonly index: number } | { readonly kind: 'toggle' | 'open' };

/** What a key does in a tree, as the ARIA Authoring Practices have it; undefined for other keys. */
export function moveInTree(key: string, { active, count, page, lineAt }: TreePlace): TreeMove | undefined {
  const go = (index: number): TreeMove => ({ kind: 'go', index: Math.min(Math.max(index, 0), count - 1) });
  const { expanded, level } = lineAt(active);
  switch (key) {
    case 'ArrowDown':
      return go(active + 1);
    case 'ArrowUp':
      return go(active - 1);
    case 'PageDown':
      return go(active + page);
    case 'PageUp':
      return go(active - page);
    case 'Home':
      return go(0);
    case 'End':
      return go(count - 1);
    case 'ArrowRight':
      if (expanded === undefined) return undefined;
      return expanded ? go(active + 1) : { kind: 'toggle' };
    case 'ArrowLeft':
      if (expanded === true) return { kind: 'toggle' };
      return level > 1 ? go(parentOf(active, lineAt)) : undefined;
    case 'Enter':
    case ' ':
      return { kind: 'open' };
    default:
      return undefined;
  }
}

/** The nearest line above on a higher level: a child knows its position among its siblings. */
function parentOf(index: number, lineAt: (index: number) => TreeLine): number {
  return index - lineAt(index).position;
}
