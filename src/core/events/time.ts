/** ISO 8601 as CloudTrail writes it, its basic form, and the form of SQL: `2026-03-04T05:06:07Z`, `20260304T050607Z`, `2026-03-04 05:06:07.000`. */
const ISO = /^(\d{4})(-?)(\d\d)\2(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d+))?)?(Z| UTC|[+-]\d\d:?\d\d)?$/;
/** `2020-05-08, 01:25:16 PM`: the old console's CSV. */
const TWELVE_HOUR = /^(\d{4})-(\d\d)-(\d\d), (\d\d?):(\d\d):(\d\d) ([AP])M$/;
/** `Mar 4, 2026 6:06:07 AM` and `Mar 4, 2026, 6:06:07 AM`. */
const LONG_DATE = /^([A-Z][a-z]{2}) (\d\d?), (\d{4}),? (\d\d?):(\d\d):(\d\d) ([AP])M$/;
const EPOCH = /^\d{9,13}(\.\d+)?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Numbers from here on are milliseconds, below it seconds: the border is 1973 as the one, 5138 as the other. */
const FIRST_MILLISECONDS = 1e11;

/**
 * A time as CloudTrail and the tools around it write it, as epoch milliseconds in UTC, or null. Times without a zone are taken as UTC: so
 * CloudTrail means them, except in the old console CSV, where the browser's zone is lost. Spellings: `identifiers.json`, "times".
 */
export function parseTime(text: string): number | null {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, year, , month, day, hour, minute, second = '0', fraction = '0', zone = 'Z'] = iso;
    const time = utc([year, month, day, hour, minute, second].map(Number));
    return time === null ? null : time + Math.trunc(Number(`0.${fraction}`) * 1000) - offsetOf(zone);
  }
  const twelve = TWELVE_HOUR.exec(text);
  if (twelve !== null) {
    const [, year, month, day, hour, minute, second, half] = twelve;
    return utc([year, month, day, hourOfDay(hour!, half!), minute, second].map(Number));
  }
  const long = LONG_DATE.exec(text);
  if (long !== null) {
    const [, month, day, year, hour, minute, second, half] = long;
    return utc([year, MONTHS.indexOf(month!) + 1, day, hourOfDay(hour!, half!), minute, second].map(Number));
  }
  if (!EPOCH.test(text)) return null;
  const number = Number(text);
  return Math.round(number < FIRST_MILLISECONDS ? number * 1000 : number);
}

/** The hour of a clock with twelve of them; NaN for one it has not. */
function hourOfDay(text: string, half: string): number {
  const hour = Number(text);
  return hour < 1 || hour > 12 ? NaN : (hour % 12) + (half === 'P' ? 12 : 0);
}

/** Year, month from 1, day, hour, minute, second as epoch milliseconds; null for a time that is none: `Date` takes 30 February for 2 March. */
function utc(parts: readonly number[]): number | null {
  const [year = NaN, month = NaN, day, hour, minute, second] = parts;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(time);
  const read = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours()];
  const exact = [...read, date.getUTCMinutes(), date.getUTCSeconds()].every((part, i) => part === parts[i]);
  return exact ? time : null;
}

/** Milliseconds that the zone `Z`, ` UTC` or `+09:00` is ahead of UTC. */
function offsetOf(zone: string): number {
  if (zone === 'Z' || zone === ' UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** Epoch milliseconds as `2026-03-04T05:06:07Z`, the way CloudTrail writes times. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
