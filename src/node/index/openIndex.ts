import { INDEX_LIMITS, identityOf, indexPath, pruneIndexes } from './indexFolder';
import { type IndexOptions, type UpdatedIndex, updateIndex } from './logIndex';
import { openSavedIndex, saveIndex } from './savedIndex';

export interface OpenedIndex extends UpdatedIndex {
  /** True when an index was opened that had been saved, whether or not files had to be read besides. */
  readonly fromSaved: boolean;
}

/**
 * Opens the index of the sources that is saved in `folder` and brings it up to date, or makes one. `folder` null: always makes one. Undefined when
 * aborted.
 */
export async function openIndex(folder: string | null, options: IndexOptions): Promise<OpenedIndex | undefined> {
  const identity = identityOf(options.sources, options.rules);
  const saved = folder === null ? undefined : await openSavedIndex(indexPath(folder, identity), identity);
  const updated = await updateIndex(saved, options);
  return updated && { ...updated, fromSaved: saved !== undefined };
}

/** Saves an index in `folder` and keeps the folder within its limits. Throws when it cannot be written. */
export async function keepIndex(
  folder: string,
  { sources, rules }: Pick<IndexOptions, 'sources' | 'rules'>,
  { index }: UpdatedIndex,
): Promise<void> {
  const identity = identityOf(sources, rules);
  await saveIndex(indexPath(folder, identity), identity, index);
  await pruneIndexes(folder, INDEX_LIMITS);
}
