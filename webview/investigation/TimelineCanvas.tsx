import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../common/text';
import { useUniqueId } from '../common/uniqueId';
import { drawTimeline } from './drawTimeline';
import type { Span } from './narrowing';
import { seriesColour } from './seriesStyle';
import { type TimelineBars, barAt, spanOfBars } from './timelineBars';

export interface TimelineCanvasProps {
  readonly bars: TimelineBars;
  readonly tactics: readonly string[];
  /** What a bar holds, in words. */
  readonly describe: (bar: number) => string;
  readonly onZoom: (span: Span) => void;
  readonly onZoomOut: () => void;
}

const HEIGHT = 104;

/**
 * The bars, drawn. Dragging over them zooms; so do, from the keyboard, the arrows (with Shift to take in more bars) and Enter. A slider of bars to
 * those who hear it.
 */
export function TimelineCanvas({ bars, tactics, describe, onZoom, onZoomOut }: TimelineCanvasProps) {
  const id = useUniqueId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [theme, setTheme] = useState(0);
  const [keyed, setKeyed] = useState<{ readonly bar: number; readonly anchor: number } | null>(null);
  const [dragged, setDragged] = useState<readonly [number, number] | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);

  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    observer.observe(canvas.current!.parentElement!);
    // VS Code tells of another theme by the classes of the body and the style of the page.
    const themes = new MutationObserver(() => setTheme((count) => count + 1));
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    return () => {
      observer.disconnect();
      themes.disconnect();
    };
  }, []);
  // The bars mean other times now.
  useLayoutEffect(() => setKeyed(null), [bars.start, bars.width, bars.count]);

  const brushed =
    dragged ?? (keyed !== null && keyed.anchor !== keyed.bar ? ([keyed.anchor, keyed.bar] as const) : null);
  useLayoutEffect(() => {
    const style = getComputedStyle(canvas.current!);
    drawTimeline(canvas.current!, width, HEIGHT, {
      bars,
      colours: bars.series.map(({ text }) => seriesColour(text, tactics)),
      brushed,
      cursor: keyed?.bar ?? hovered,
      text: style.getPropertyValue('color'),
      line: style.getPropertyValue('border-top-color'),
      brush: style.getPropertyValue('--brush'),
      font: `11px ${style.getPropertyValue('font-family')}`,
    });
  }, [bars, width, theme, brushed, keyed, hovered, tactics]);

  const place = ({ clientX }: PointerEvent): number => {
    const { left } = canvas.current!.getBoundingClientRect();
    return barAt(bars, clientX - left, width);
  };
  const zoom = (one: number, other: number): void => onZoom(spanOfBars(bars, one, other));
  const onKeyDown = (event: KeyboardEvent): void => {
    const bar = keyed?.bar ?? 0;
    const to = {
      ArrowRight: bar + 1,
      ArrowLeft: bar - 1,
      PageDown: bar + 10,
      PageUp: bar - 10,
      Home: 0,
      End: bars.count - 1,
    }[event.key];
    if (to !== undefined) {
      const next = Math.min(Math.max(keyed === null && event.key.startsWith('Arrow') ? 0 : to, 0), bars.count - 1);
      setKeyed({ bar: next, anchor: event.shiftKey ? (keyed?.anchor ?? bar) : next });
    } else if (event.key === 'Enter') zoom(keyed?.anchor ?? bar, bar);
    else if (event.key === 'Escape' && keyed !== null) setKeyed(null);
    else if (event.key === 'Backspace' || event.key === '-') onZoomOut();
    else return;
    event.preventDefault();
  };
  const shown = keyed?.bar ?? hovered;
  return (
    <div class="timeline-canvas">
      <canvas
        ref={canvas}
        style={{ width: '100%', height: `${HEIGHT}px` }}
        role="slider"
        tabIndex={0}
        aria-label={t('Events over time')}
        aria-describedby={id}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bars.count - 1)}
        aria-valuenow={keyed?.bar ?? 0}
        aria-valuetext={bars.count === 0 ? t('No events') : describe(keyed?.bar ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={() => setKeyed(null)}
        onPointerDown={(event) => {
          if (event.button !== 0 || bars.count === 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged([place(event), place(event)]);
        }}
        onPointerMove={(event) => {
          if (bars.count === 0) return;
          setHovered(place(event));
          if (dragged !== null) setDragged([dragged[0], place(event)]);
        }}
        onPointerUp={() => {
          if (dragged !== null && dragged[0] !== dragged[1]) zoom(...dragged);
          setDragged(null);
        }}
        onPointerCancel={() => setDragged(null)}
        onPointerLeave={() => setHovered(null)}
        onDblClick={() => {
          if (hovered !== null) zoom(hovered, hovered);
        }}
      />
      <p id={id} class="visually-hidden">
        {t('Arrows go from bar to bar, with Shift they take in more. Enter zooms to them, Backspace zooms out.')}
      </p>
      {shown !== null && shown < bars.count && (
        <div class="timeline-tip" aria-hidden="true" style={tipPlace(((shown + 0.5) / bars.count) * width, width)}>
          {describe(shown)}
        </div>
      )}
    </div>
  );
}

/** Beside the bar, on the side with more room. */
function tipPlace(x: number, width: number): { left?: string; right?: string } {
  return x < width / 2 ? { left: `${x + 10}px` } : { right: `${width - x + 10}px` };
}
