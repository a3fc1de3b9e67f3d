/** As in `../rowOrder.ts`. */
const DROPPED: u32 = 0xffffffff;

/** The files of rows by their readings, of which there are `readings`. `from` and `to` may be the same. */
export function filesOf(from: usize, count: u32, fileOf: usize, readings: u32, to: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const reading = load<u32>(from + (i << 2));
    store<u32>(to + (i << 2), reading < readings ? load<u32>(fileOf + (reading << 2)) : DROPPED);
  }
}

/** Gathers by the `count` rows at `order` numbers of 8 bytes. */
export function gatherDoubles(from: usize, order: usize, count: u32, to: usize): void {
  for (let i: usize = 0; i < count; i++) {
    store<u64>(to + (i << 3), load<u64>(from + ((load<u32>(order + (i << 2)) as usize) << 3)));
  }
}

/** The same with numbers of 4 bytes. */
export function gatherWords(from: usize, order: usize, count: u32, to: usize): void {
  for (let i: usize = 0; i < count; i++) {
    store<u32>(to + (i << 2), load<u32>(from + ((load<u32>(order + (i << 2)) as usize) << 2)));
  }
}

/** The same for numbers of 4 bytes that need `width` only. */
export function gatherFiles(from: usize, order: usize, count: u32, to: usize, width: u32): void {
  if (width == 4) return gatherWords(from, order, count, to);
  for (let i: usize = 0; i < count; i++) {
    const file = load<u32>(from + ((load<u32>(order + (i << 2)) as usize) << 2));
    if (width == 1) store<u8>(to + i, file as u8);
    else store<u16>(to + (i << 1), file as u16);
  }
}

/** The same for numbers of 8 bytes as whole ones of 4. Answers the greatest of them: it may not have fitted. */
export function gatherOffsets(from: usize, order: usize, count: u32, to: usize): f64 {
  let greatest: f64 = 0;
  for (let i: usize = 0; i < count; i++) {
    const offset = load<f64>(from + ((load<u32>(order + (i << 2)) as usize) << 3));
    if (offset > greatest) greatest = offset;
    store<u32>(to + (i << 2), offset as u32);
  }
  return greatest;
}
