/** Enough to keep every worker busy, few enough that nothing piles up. */
const WINDOW = 256;

/** Runs `work` over `items` in their order, so many at a time, and answers in their order. */
export async function mapInWindow<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at]!);
  };
  await Promise.all(Array.from({ length: Math.min(WINDOW, items.length) }, lane));
  return results;
}
