import { type LoopMemory, type MergeExports, MergeMemory } from '../../core/table/merge/mergeModule';

/**
 * The compiled loops of merging, for one thread; undefined where there are none or no memory for them. `memory`: one that nobody needs any more, so
 * that none has to be taken from the system.
 */
export function mergeMemory(module: WebAssembly.Module | undefined, memory?: LoopMemory): MergeMemory | undefined {
  if (module === undefined) return undefined;
  try {
    const room = memory ?? new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(module, { env: { memory: room } });
    return new MergeMemory(exports as MergeExports, room);
  } catch {
    return undefined;
  }
}
