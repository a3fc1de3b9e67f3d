/**
 * A place where long work lets others run: awaited between steps of a few milliseconds. Core only calls it; how long a slice is and what
 * yielding means belongs to whoever runs the work.
 */
export type Pause = () => Promise<void>;

/** Items sorted at a time: less than a millisecond. */
const RUN = 512;

/** A sorted copy, stable, made in short steps with `pause` between them. */
export async function sortInSlices<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pause: Pause,
): Promise<T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).sort(compare));
    await pause();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) merged.push(await merge(runs[i]!, runs[i + 1] ?? [], compare, pause));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number, pause: Pause): Promise<T[]> {
  const all: T[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const takesFirst = j >= b.length || (i < a.length && compare(a[i]!, b[j]!) <= 0);
    all.push(takesFirst ? a[i++]! : b[j++]!);
    if (all.length % RUN === 0) await pause();
  }
  return all;
}
