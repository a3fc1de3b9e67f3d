import { useRef, useState } from 'preact/hooks';
import type { StripSegment } from '../../src/core/integrity/strip';
import { segmentText, stateName } from './chainText';

interface Props {
  readonly segments: readonly StripSegment[];
  readonly label: string;
  /** What the whole width stands for, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly onOpen: (segment: number) => void;
  readonly onShow: (segment: StripSegment | null) => void;
}

/** A chain drawn over time. One stop of the Tab key; the arrow keys go from span to span, Enter opens the digest. */
export function ChainStrip({ segments, label, from, to, onOpen, onShow }: Props) {
  const [current, setCurrent] = useState(0);
  const strip = useRef<HTMLDivElement>(null);
  const go = (index: number): void => {
    const next = Math.min(Math.max(index, 0), segments.length - 1);
    setCurrent(next);
    strip.current?.querySelectorAll('button')[next]?.focus();
  };
  const width = Math.max(to - from, 1);
  const percent = (time: number): string => `${(time / width) * 100}%`;
  return (
    <div
      class="strip"
      role="group"
      aria-label={label}
      ref={strip}
      onKeyDown={(event) => {
        const index = targetOf(event.key, current, segments.length);
        if (index === undefined) return;
        event.preventDefault();
        go(index);
      }}
    >
      {segments.map((segment, index) => (
        <button
          key={index}
          type="button"
          class={`segment segment-${segment.state}`}
          style={{ left: percent(segment.from - from), width: percent(segment.to - segment.from) }}
          tabIndex={index === Math.min(current, segments.length - 1) ? 0 : -1}
          aria-label={segmentText(segment)}
          title={segmentText(segment)}
          onFocus={() => {
            setCurrent(index);
            onShow(segment);
          }}
          onMouseEnter={() => onShow(segment)}
          onClick={() => onOpen(index)}
        >
          <span class="visually-hidden">{stateName(segment.state)}</span>
        </button>
      ))}
    </div>
  );
}

function targetOf(key: string, current: number, length: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return current + 1;
    case 'ArrowLeft':
      return current - 1;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
