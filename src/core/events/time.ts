const TWELVE_HOUR = /^(\d{4}-\d\d-\d\d), (\d\d?):(\d\d):(\d\d) ([AP])M$/;
const LONG_DATE = /^([A-Z][a-z]{2}) (\d\d?), (\d{4}),? (\d\d?):(\d\d):(\d\d) ([AP])M$/;
const SQL_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/;
const BASIC_ISO = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const EPOCH = /^\d{9,13}(\.\d+)?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Numbers from here on are milliseconds, below it seconds: the border is 1973 as the one, 5138 as the other. */
const FIRST_MILLISECONDS = 1e11;

/**
 * A time as CloudTrail and the tools around it write it, as epoch milliseconds in UTC, or null. Times without a zone are taken as UTC: so
 * CloudTrail means them, except in the old console CSV, where the browser's zone is lost. Spellings: `identifiers.json`, "times".
 */
export function parseTime(text: string): number | null {
  if (ISO.test(text)) return finite(Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`));
  if (SQL_TIME.test(text)) return finite(Date.parse(`${text.replace(' ', 'T')}Z`));
  if (EPOCH.test(text)) return Number(text) * (Number(text) < FIRST_MILLISECONDS ? 1000 : 1);
  const basic = BASIC_ISO.exec(text);
  if (basic) return finite(Date.parse(`${basic[1]}-${basic[2]}-${basic[3]}T${basic[4]}:${basic[5]}:${basic[6]}Z`));
  const twelve = TWELVE_HOUR.exec(text);
  if (twelve) return halfDay(twelve[1]!, twelve[2]!, twelve[3]!, twelve[4]!, twelve[5]!);
  const long = LONG_DATE.exec(text);
  if (long) {
    const month = MONTHS.indexOf(long[1]!) + 1;
    const date = `${long[3]}-${String(month).padStart(2, '0')}-${long[2]!.padStart(2, '0')}`;
    return month === 0 ? null : halfDay(date, long[4]!, long[5]!, long[6]!, long[7]!);
  }
  return null;
}

function halfDay(date: string, hour: string, minute: string, second: string, half: string): number | null {
  const hours = (Number(hour) % 12) + (half === 'P' ? 12 : 0);
  return finite(Date.parse(`${date}T${String(hours).padStart(2, '0')}:${minute}:${second}Z`));
}

function finite(time: number): number | null {
  return Number.isNaN(time) ? null : time;
}

/** Epoch milliseconds as `2026-03-04T05:06:07Z`, the way CloudTrail writes times. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
