import { setImmediate } from 'node:timers/promises';
import type { Pause } from '../core/slices';

/** Nothing may keep the extension host busy for more than 50 ms; slices of this length leave room for what runs between them. */
const SLICE_MS = 12;

/** A {@link Pause} that costs next to nothing until a slice is used up, and then lets everything else run. */
export function pacer(): Pause {
  let sliceStart = performance.now();
  return async () => {
    if (performance.now() - sliceStart < SLICE_MS) return;
    await setImmediate();
    sliceStart = performance.now();
  };
}
