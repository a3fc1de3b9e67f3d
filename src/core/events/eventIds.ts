const FIRST_SLOTS = 1 << 12;

/**
 * Which events were seen before. It keeps 64 bits of each id's hash and nothing else: 11 to 22 bytes an event, and a false "seen" once in 10^19
 * pairs. Beyond `most` events nothing new is remembered, and repeats of later ones count again.
 */
export class EventIds {
  /** Pairs of words; both 0 is an empty slot. */
  private slots = new Uint32Array(FIRST_SLOTS * 2);
  private count = 0;

  constructor(private readonly most = 1 << 24) {}

  /** True when more events came than are remembered. */
  get isFull(): boolean {
    return this.count >= this.most;
  }

  /** Remembers an event; answers false when it was there. */
  add(id: string): boolean {
    const [high, low] = hash(id);
    const at = this.find(high, low);
    if (this.slots[at] !== 0 || this.slots[at + 1] !== 0) return false;
    if (this.isFull) return true;
    this.slots[at] = high;
    this.slots[at + 1] = low;
    if (++this.count * 4 > (this.slots.length / 2) * 3) this.grow();
    return true;
  }

  /** The slot that holds the hash, or the empty one where it belongs. */
  private find(high: number, low: number): number {
    const mask = this.slots.length - 1;
    for (let at = (high << 1) & mask; ; at = (at + 2) & mask) {
      const held = this.slots[at];
      const heldLow = this.slots[at + 1];
      if ((held === high && heldLow === low) || (held === 0 && heldLow === 0)) return at;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] === 0 && old[at + 1] === 0) continue;
      this.slots.set([old[at]!, old[at + 1]!], this.find(old[at]!, old[at + 1]!));
    }
  }
}

/** Two FNV-like hashes with different multipliers, mixed at the end (MurmurHash3's finalizer); never both 0. */
function hash(text: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return [mix(a), (mix(b) | 1) >>> 0];
}

function mix(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
