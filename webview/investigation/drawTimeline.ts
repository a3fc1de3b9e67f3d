import { type TimelineBars, partHeights } from './timelineBars';
import { axisMarks } from './times';

/** Height of the axis below the bars, in px. */
export const AXIS_HEIGHT = 18;
/** Between marks of the axis, in px. */
const MARK_ROOM = 90;

export interface TimelinePicture {
  readonly bars: TimelineBars;
  readonly colours: readonly string[];
  /** The bars being brushed, both ends included. */
  readonly brushed: readonly [number, number] | null;
  /** The bar the keyboard or the mouse is at. */
  readonly cursor: number | null;
  readonly text: string;
  readonly line: string;
  readonly brush: string;
  readonly font: string;
}

/** Draws bars over an axis of times, UTC. `width` and `height` in px of the page. */
export function drawTimeline(canvas: HTMLCanvasElement, width: number, height: number, picture: TimelinePicture): void {
  const context = canvas.getContext('2d');
  if (context === null || width <= 0) return;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const room = height - AXIS_HEIGHT;
  if (picture.brushed !== null) fillBars(context, picture, picture.brushed, width, room);
  drawBars(context, picture, width, room);
  if (picture.cursor !== null) strokeBar(context, picture, picture.cursor, width, room);
  drawAxis(context, picture, width, height);
}

function drawBars(
  context: CanvasRenderingContext2D,
  { bars, colours }: TimelinePicture,
  width: number,
  room: number,
): void {
  const pitch = width / bars.count;
  const gap = pitch >= 4 ? 1 : 0;
  const texts = bars.series.map(({ text }) => text);
  for (let bar = 0; bar < bars.count; bar++) {
    if (bars.totals[bar] === 0) continue;
    const counts = bars.series.map((each) => each.counts[bar]!);
    let top = room;
    partHeights(counts, texts, bars.highest, room - 4).forEach((part, index) => {
      if (part === 0) return;
      context.fillStyle = colours[index]!;
      context.fillRect(bar * pitch, top - part, Math.max(1, pitch - gap), part);
      top -= part;
    });
  }
}

function drawAxis(
  context: CanvasRenderingContext2D,
  { bars, text, line, font }: TimelinePicture,
  width: number,
  height: number,
): void {
  const end = bars.start + bars.width * bars.count;
  context.font = font;
  context.textBaseline = 'bottom';
  context.strokeStyle = line;
  context.beginPath();
  context.moveTo(0, height - AXIS_HEIGHT + 0.5);
  context.lineTo(width, height - AXIS_HEIGHT + 0.5);
  for (const mark of axisMarks(bars.start, end, Math.max(1, Math.floor(width / MARK_ROOM)))) {
    const x = Math.round(((mark.time - bars.start) / (end - bars.start)) * width) + 0.5;
    context.moveTo(x, height - AXIS_HEIGHT);
    context.lineTo(x, height - AXIS_HEIGHT + 4);
    context.fillStyle = text;
    if (x + 4 + context.measureText(mark.text).width < width) context.fillText(mark.text, x + 3, height - 1);
  }
  context.stroke();
}

function fillBars(
  context: CanvasRenderingContext2D,
  { bars, brush }: TimelinePicture,
  [one, other]: readonly [number, number],
  width: number,
  room: number,
): void {
  const pitch = width / bars.count;
  const from = Math.min(one, other);
  context.fillStyle = brush;
  context.fillRect(from * pitch, 0, (Math.abs(other - one) + 1) * pitch, room);
}

function strokeBar(
  context: CanvasRenderingContext2D,
  { bars, text }: TimelinePicture,
  bar: number,
  width: number,
  room: number,
): void {
  const pitch = width / bars.count;
  context.strokeStyle = text;
  context.lineWidth = 1;
  context.strokeRect(Math.floor(bar * pitch) + 0.5, 0.5, Math.max(2, Math.round(pitch) - 1), room - 1);
}
