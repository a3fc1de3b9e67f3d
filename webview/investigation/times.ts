import { formatTime } from '../../src/core/events/time';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** `2026-03-04 05:06:07`, UTC. */
export function timeText(time: number): string {
  return formatTime(time).replace('T', ' ').replace('Z', '');
}

/** The start of a bar, as finely as bars of that width need it. */
export function barText(time: number, width: number): string {
  const text = timeText(time);
  return width >= DAY ? text.slice(0, 10) : width >= MINUTE ? text.slice(0, 16) : text;
}

/** `2026-03-04 05:00 – 06:00`; the end's date where it is another. */
export function spanText(from: number, to: number): string {
  const fine = (to - from) % MINUTE === 0 && from % MINUTE === 0 ? 16 : 19;
  const [start, end] = [timeText(from).slice(0, fine), timeText(to).slice(0, fine)];
  return `${start} – ${start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end}`;
}

/** Easy steps between marks of an axis, ms. */
const STEPS = [
  1000,
  5000,
  15_000,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  60 * MINUTE,
  180 * MINUTE,
  360 * MINUTE,
  720 * MINUTE,
];
const DAYS = [1, 2, 7, 14, 28, 91, 182, 364, 1820];

export interface AxisMark {
  readonly time: number;
  readonly text: string;
}

/** Marks for an axis, `most` of them at most. Midnights show the date, others the time of day. */
export function axisMarks(from: number, to: number, most: number): AxisMark[] {
  const steps = [...STEPS, ...DAYS.map((days) => days * DAY)];
  const step = steps.find((each) => (to - from) / each <= most) ?? steps.at(-1)!;
  const marks: AxisMark[] = [];
  for (let time = Math.ceil(from / step) * step; time < to; time += step) {
    const text = timeText(time);
    marks.push({ time, text: time % DAY === 0 ? text.slice(0, 10) : text.slice(11, step < MINUTE ? 19 : 16) });
  }
  return marks;
}
