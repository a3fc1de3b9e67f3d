import { newNumber } from './entries';

/**
 * Copies `count` codes of `fromWidth` bytes to codes of `toWidth` bytes, `by` added to each. What follows the codes may be written over, up to 16
 * bytes. `from` and `to` may be the same.
 */
export function copyCodes(from: usize, fromWidth: u32, to: usize, toWidth: u32, count: u32, by: u32): void {
  if (fromWidth == toWidth) {
    if (toWidth == 1) addBytes(from, to, count, by as u8);
    else if (toWidth == 2) addShorts(from, to, count, by as u16);
    else addWords(from, to, count, by);
  } else if (fromWidth == 1) {
    if (toWidth == 2) copyAs<u8, u16>(from, to, count, by);
    else copyAs<u8, u32>(from, to, count, by);
  } else if (fromWidth == 2) {
    if (toWidth == 1) copyAs<u16, u8>(from, to, count, by);
    else copyAs<u16, u32>(from, to, count, by);
  } else if (toWidth == 1) copyAs<u32, u8>(from, to, count, by);
  else copyAs<u32, u16>(from, to, count, by);
}

function addBytes(from: usize, to: usize, count: u32, by: u8): void {
  const more = i8x16.splat(by);
  for (let i: u32 = 0; i < count; i += 16) v128.store(to + i, i8x16.add(v128.load(from + i), more));
}

function addShorts(from: usize, to: usize, count: u32, by: u16): void {
  const more = i16x8.splat(by);
  const end = count << 1;
  for (let i: u32 = 0; i < end; i += 16) v128.store(to + i, i16x8.add(v128.load(from + i), more));
}

function addWords(from: usize, to: usize, count: u32, by: u32): void {
  const more = i32x4.splat(by);
  const end = count << 2;
  for (let i: u32 = 0; i < end; i += 16) v128.store(to + i, i32x4.add(v128.load(from + i), more));
}

function copyAs<From, To>(from: usize, to: usize, count: u32, by: u32): void {
  for (let i: usize = 0; i < count; i++) {
    store<To>(to + i * sizeof<To>(), ((load<From>(from + i * sizeof<From>()) as u32) + by) as To);
  }
}

/**
 * Gathers codes of `width` bytes by the `count` rows at `order`, and numbers them by their first use; see `beginEntries`. What comes out is as wide
 * as what went in.
 */
export function gatherCodes(codes: usize, width: u32, order: usize, count: u32, numbers: usize, to: usize): void {
  if (width == 1) gatherAs<u8>(codes, order, count, numbers, to);
  else if (width == 2) gatherAs<u16>(codes, order, count, numbers, to);
  else gatherAs<u32>(codes, order, count, numbers, to);
}

function gatherAs<Code>(codes: usize, order: usize, count: u32, numbers: usize, to: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const code = load<Code>(codes + (load<u32>(order + (i << 2)) as usize) * sizeof<Code>()) as u32;
    let number = load<u32>(numbers + (code << 2));
    if (number == 0) number = newNumber(code);
    store<Code>(to + i * sizeof<Code>(), (number - 1) as Code);
  }
}
