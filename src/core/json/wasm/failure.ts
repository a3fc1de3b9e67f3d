/** Where the bytes stopped making sense, or ran out. */
export let failedAt: usize = 0;

/** Notes the place and answers 0, which stands for "no place". */
export function fail(p: usize): usize {
  failedAt = p;
  return 0;
}
