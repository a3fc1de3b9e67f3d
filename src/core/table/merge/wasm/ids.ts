/** Notes for `count` rows with the bits at `present` where their ids stand, from `first` on, or -1. Answers the place of the next id. */
export function placeIds(present: usize, count: u32, first: u32, places: usize): u32 {
  let next = first;
  for (let row: u32 = 0; row < count; row++) {
    const isThere = (load<u32>(present + ((row >> 5) << 2)) >> (row & 31)) & 1;
    store<u32>(places + (row << 2), isThere != 0 ? next : -1);
    next += isThere;
  }
  return next;
}

/** Gathers the ids of rows that all have one. */
export function gatherIds(ids: usize, order: usize, count: u32, to: usize): void {
  for (let i: usize = 0; i < count; i++) {
    v128.store(to + (i << 4), v128.load(ids + ((load<u32>(order + (i << 2)) as usize) << 4)));
  }
}

/** How many of the rows have an id. */
export function countIds(places: usize, order: usize, count: u32): u32 {
  let found: u32 = 0;
  for (let i: usize = 0; i < count; i++) {
    if (load<i32>(places + ((load<u32>(order + (i << 2)) as usize) << 2)) >= 0) found++;
  }
  return found;
}

/** As `gatherIds`, for rows of which some have none: their bits go to `present`. Answers how many have one. */
export function gatherSomeIds(ids: usize, places: usize, order: usize, count: u32, present: usize, to: usize): u32 {
  let at = to;
  for (let i: u32 = 0; i < count; i += 32) {
    const rows = min<u32>(32, count - i);
    let bits: u32 = 0;
    for (let j: u32 = 0; j < rows; j++) {
      const place = load<i32>(places + ((load<u32>(order + ((i + j) << 2)) as usize) << 2));
      if (place < 0) continue;
      bits |= 1 << j;
      v128.store(at, v128.load(ids + ((place as usize) << 4)));
      at += 16;
    }
    store<u32>(present + ((i >> 5) << 2), bits);
  }
  return ((at - to) >> 4) as u32;
}
