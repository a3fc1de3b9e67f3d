// Times are whole seconds since 1970. The story is told in UTC times of one day.
export const DAY = '2026-03-04';
const MIDNIGHT = Date.parse(`${DAY}T00:00:00Z`) / 1000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Seconds of `HH:MM` or `HH:MM:SS` on the day of the story. */
export function at(clock) {
  const [hours, minutes, seconds = 0] = clock.split(':').map(Number);
  return MIDNIGHT + hours * 3600 + minutes * 60 + seconds;
}

/** `HH:MM:SS` that many seconds after `clock`. */
export function later(clock, seconds) {
  return iso(at(clock) + seconds).slice(11, 19);
}

/** `2026-03-04T05:06:07Z`, as in eventTime and digests. */
export function iso(time) {
  return `${new Date(time * 1000).toISOString().slice(0, 19)}Z`;
}

/** `20260304T0505Z`, as in names of log files. */
export function stamp(time) {
  return `${iso(time).slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
}

/** `20260304T050607Z`, as in names of digest files. */
export function secondStamp(time) {
  return iso(time).replaceAll(/[-:]/g, '');
}

/** `Mar 4, 2026, 6:06:07 AM`: how STS writes when credentials end. Made by hand, because Node versions differ in the blank before AM. */
export function spoken(time) {
  const date = new Date(time * 1000);
  const clock = `${date.getUTCHours() % 12 || 12}${iso(time).slice(13, 19)}`;
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}, ${clock} ${date.getUTCHours() < 12 ? 'AM' : 'PM'}`;
}

/** `Mar 4, 2026 6:06:07 AM`: how IAM writes when something was made. */
export function spokenInIam(time) {
  return spoken(time).replace(/, (?=\d+:)/, ' ');
}
