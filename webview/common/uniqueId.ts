import { useState } from 'preact/hooks';

let last = 0;

/** An id that no other element of the page has; `useId` counts anew in every component that stands at the same depth. */
export function useUniqueId(): string {
  return useState(() => `id-${++last}`)[0];
}
