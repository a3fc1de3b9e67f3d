import './patternBox.css';
import type { PatternError, PatternNote, Replacement } from '../../src/core/patterns/ast';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useUniqueId } from '../common/uniqueId';
import { applyReplacement } from '../../src/core/patterns/mend';
import { CompletionList } from './CompletionList';
import type { Completion } from '../../src/core/patterns/complete';
import { Problems } from './Problems';
import { piecesOf } from './highlight';

export interface PatternBoxProps {
  readonly value: string;
  readonly label: string;
  readonly errors: readonly PatternError[];
  readonly notes: readonly PatternNote[];
  readonly onInput: (value: string) => void;
  readonly onSubmit: () => void;
  /** What could stand at the caret. It may know more a moment later: it is asked again when the box is drawn anew. */
  readonly complete: (text: string, caret: number) => readonly Completion[];
  /** Earlier patterns, the latest first: Alt+Up and Alt+Down walk through them. */
  readonly history: readonly string[];
}

/** The box a pattern is typed in: coloured, checked while typing, with completion. Enter runs, Shift+Enter breaks the line. */
export function PatternBox(props: PatternBoxProps) {
  const { value, label, errors, notes, onInput, onSubmit, complete, history } = props;
  const id = useUniqueId();
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | undefined>(undefined);
  const walked = useRef(-1);
  /** Where the caret was when completions were last offered; undefined while none are. */
  const [offeredAt, setOfferedAt] = useState<number>();
  const [active, setActive] = useState(0);

  // The caret goes where an edit of ours left it once the new text stands.
  useLayoutEffect(() => {
    const box = area.current!;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
    if (caret.current !== undefined) box.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [value]);

  const items = offeredAt === undefined ? [] : complete(value, offeredAt);
  const isOffering = items.length > 0;
  const offer = (at: number): void => {
    setOfferedAt(at);
    setActive(0);
  };
  const replace = (text: string, at: number): void => {
    caret.current = at;
    onInput(text);
  };
  const accept = ({ kind, edit: { start, end, text } }: Completion): void => {
    // A field wants an operator next, an operator a value: what follows is offered at once.
    const goesOn = kind === 'field' || kind === 'operator';
    const blank = goesOn && !text.endsWith(' ') && value[end] !== ' ' ? ' ' : '';
    const edited = applyReplacement(value, { start, end, text: text + blank });
    const at = start + text.length + (goesOn && !text.endsWith(' ') ? 1 : 0);
    replace(edited, at);
    if (goesOn) offer(at);
    else setOfferedAt(undefined);
    area.current?.focus();
  };
  const walk = (step: 1 | -1): void => {
    const index = Math.min(Math.max(walked.current + step, -1), history.length - 1);
    walked.current = index;
    const text = history[index] ?? '';
    replace(text, text.length);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const handled = isOffering ? keyInList(event) : keyAlone(event);
    if (handled) event.preventDefault();
  };
  const keyInList = (event: KeyboardEvent): boolean => {
    const last = items.length - 1;
    switch (event.key) {
      case 'ArrowDown':
        setActive(active === last ? 0 : active + 1);
        return true;
      case 'ArrowUp':
        setActive(active === 0 ? last : active - 1);
        return true;
      case 'Enter':
      case 'Tab':
        if (event.shiftKey) return false;
        accept(items[active]!);
        return true;
      case 'Escape':
        setOfferedAt(undefined);
        return true;
      default:
        return false;
    }
  };
  const keyAlone = (event: KeyboardEvent): boolean => {
    if (event.key === 'Enter' && !event.shiftKey) onSubmit();
    else if (event.key === ' ' && event.ctrlKey) offer(area.current!.selectionStart);
    else if (event.altKey && event.key === 'ArrowUp') walk(1);
    else if (event.altKey && event.key === 'ArrowDown') walk(-1);
    else return false;
    return true;
  };

  const marks = [
    ...notes.map(({ start, end }) => ({ start, end, level: 'note' as const })),
    ...errors.map(({ start, end }) => ({ start, end, level: 'error' as const })),
  ];
  const mend = (fix: Replacement): void => {
    replace(applyReplacement(value, fix), fix.start + fix.text.length);
    area.current?.focus();
  };
  return (
    <div class="pattern-box">
      <label for={id}>{label}</label>
      <div class="pattern-field mono">
        <div class="pattern-colours" aria-hidden="true">
          {piecesOf(value, marks).map(({ text, kind, level }, index) => (
            <span key={index} class={`token-${kind}${level === undefined ? '' : ` marked-${level}`}`}>
              {text}
            </span>
          ))}
        </div>
        <textarea
          ref={area}
          id={id}
          rows={1}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={`${id}-completions`}
          {...(isOffering && { 'aria-activedescendant': `${id}-completion-${active}` })}
          aria-invalid={errors.length > 0}
          aria-describedby={`${id}-problems`}
          placeholder={'{ $.eventName = "ConsoleLogin" }'}
          value={value}
          onInput={({ currentTarget }) => {
            walked.current = -1;
            onInput(currentTarget.value);
            offer(currentTarget.selectionStart);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOfferedAt(undefined)}
        />
        {isOffering && <CompletionList id={id} items={items} active={active} onChoose={accept} />}
      </div>
      <Problems id={`${id}-problems`} text={value} errors={errors} notes={notes} onFix={mend} />
    </div>
  );
}
