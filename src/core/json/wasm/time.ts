/**
 * Epoch milliseconds of the string token at `token` of `length` bytes, when it is `"YYYY-MM-DDTHH:MM:SSZ"` of a real time from 1970 to 2999; -1 for
 * every other, which `parseTime` has to look at.
 */
export function readTime(token: usize, length: u32): f64 {
  if (length != 22) return -1;
  const p = token + 1;
  const punctuation =
    load<u8>(p, 4) == 0x2d &&
    load<u8>(p, 7) == 0x2d &&
    load<u8>(p, 10) == 0x54 &&
    load<u8>(p, 13) == 0x3a &&
    load<u8>(p, 16) == 0x3a &&
    load<u8>(p, 19) == 0x5a &&
    load<u8>(token) == 0x22;
  if (!punctuation) return -1;
  const century = twoDigits(p);
  const yearOfCentury = twoDigits(p + 2);
  const month = twoDigits(p + 5);
  const day = twoDigits(p + 8);
  const hour = twoDigits(p + 11);
  const minute = twoDigits(p + 14);
  const second = twoDigits(p + 17);
  const year = century * 100 + yearOfCentury;
  if (century > 99 || yearOfCentury > 99 || year < 1970 || year > 2999) return -1;
  if (month - 1 > 11 || day - 1 >= daysIn(year, month) || hour > 23 || minute > 59 || second > 59) return -1;
  const seconds = ((daysBefore(year, month) + day - 1) * 24 + hour) * 3600.0 + minute * 60.0 + second;
  return seconds * 1000.0;
}

/** The number two digits make; a large one when they are none. */
function twoDigits(p: usize): u32 {
  const tens: u32 = (load<u8>(p) as u32) - 0x30;
  const ones: u32 = (load<u8>(p, 1) as u32) - 0x30;
  return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

function isLeap(year: u32): bool {
  return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
}

function daysIn(year: u32, month: u32): u32 {
  if (month == 2) return isLeap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Days from 1 January 1970 to the first of the month: the year is taken to begin in March, so that 29 February is its last day. */
function daysBefore(year: u32, month: u32): u32 {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 - 719468;
}
