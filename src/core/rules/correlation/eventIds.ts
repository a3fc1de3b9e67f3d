const FIRST_CAPACITY = 1024;

/**
 * Remembers eventIDs in eight bytes each, to tell records that were delivered twice. Two ids are taken for one when 64 bits of their
 * hashes agree: for a million ids the odds are one in thirty million.
 */
export class EventIds {
  private words = new Uint32Array(FIRST_CAPACITY * 2);
  private count = 0;

  /** False when the id was added before. */
  add(id: string): boolean {
    if (this.count * 4 > this.words.length) this.grow();
    const [high, low] = hash(id);
    const added = this.put(high, low);
    if (added) this.count++;
    return added;
  }

  private put(high: number, low: number): boolean {
    const { words } = this;
    const mask = words.length / 2 - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const [a, b] = [words[slot * 2]!, words[slot * 2 + 1]!];
      if (a === high && b === low) return false;
      if (a !== 0 || b !== 0) continue;
      words[slot * 2] = high;
      words[slot * 2 + 1] = low;
      return true;
    }
  }

  private grow(): void {
    const old = this.words;
    this.words = new Uint32Array(old.length * 2);
    for (let i = 0; i < old.length; i += 2) if (old[i] !== 0 || old[i + 1] !== 0) this.put(old[i]!, old[i + 1]!);
  }
}

/** Two independent FNV-1a hashes with a last stir; never both zero, which marks an empty slot. */
function hash(text: string): [number, number] {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13);
  }
  return [stir(high), stir(low) || 1];
}

function stir(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
