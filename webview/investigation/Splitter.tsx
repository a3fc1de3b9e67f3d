import { useRef } from 'preact/hooks';

export interface SplitterProps {
  readonly label: string;
  /** Of the pane beside it, in px. */
  readonly width: number;
  /** On which side of the splitter the pane is. */
  readonly pane: 'before' | 'after';
  readonly onResize: (width: number) => void;
}

const LEAST = 160;
const MOST = 900;
const STEP = 24;

/** The edge of a pane, to be dragged or moved by the arrows. */
export function Splitter({ label, width, pane, onResize }: SplitterProps) {
  const begun = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  const direction = pane === 'before' ? 1 : -1;
  const resize = (to: number): void => onResize(Math.round(Math.min(Math.max(to, LEAST), MOST)));
  return (
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? STEP : event.key === 'ArrowLeft' ? -STEP : 0;
        if (step === 0) return;
        event.preventDefault();
        resize(width + step * direction);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        begun.current = { x: event.clientX, width };
      }}
      onPointerMove={({ clientX }) => {
        if (begun.current !== undefined) resize(begun.current.width + (clientX - begun.current.x) * direction);
      }}
      onLostPointerCapture={() => (begun.current = undefined)}
    />
  );
}
