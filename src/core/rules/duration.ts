const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(\d{1,6})\s*([smhd])$/;
/** A month: a window over more holds whole logs. */
const LONGEST = 31 * UNITS['d']!;

/** `30s`, `10m`, `1h` or `7d` in milliseconds; undefined for anything else, for nothing, and for more than 31 days. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  const milliseconds = match === null ? 0 : Number(match[1]) * UNITS[match[2]!]!;
  return milliseconds > 0 && milliseconds <= LONGEST ? milliseconds : undefined;
}

/** The shortest text that {@link parseDuration} reads as so many milliseconds; parts of a second go. */
export function formatDuration(milliseconds: number): string {
  const unit = ['d', 'h', 'm'].find((each) => milliseconds % UNITS[each]! === 0) ?? 's';
  return `${Math.trunc(milliseconds / UNITS[unit]!)}${unit}`;
}
