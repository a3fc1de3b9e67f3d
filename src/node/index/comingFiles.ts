import type { DiskFile } from './listFiles';

/** Files that become known bit by bit, to be taken by their index. */
export class ComingFiles {
  private readonly files: DiskFile[] = [];
  private isAll = false;
  private tell: (() => void) | undefined;

  /** `isLast`: there will be no more. */
  add(files: readonly DiskFile[], isLast: boolean): this {
    this.files.push(...files);
    this.isAll ||= isLast;
    this.tell?.();
    return this;
  }

  /** The file at an index, as soon as it is known; undefined when there are not so many. One at a time may wait. */
  async at(index: number): Promise<DiskFile | undefined> {
    while (index >= this.files.length && !this.isAll) await new Promise<void>((resolve) => (this.tell = resolve));
    return this.files[index];
  }
}
