import './patternBox.css';
import type { PatternError, PatternNote } from '../../src/core/patterns/ast';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useUniqueId } from '../common/uniqueId';
import { CompletionList } from './CompletionList';
import type { Completion, Completions } from './completion';
import { Problems } from './Problems';
import { piecesOf } from './highlight';

export interface PatternBoxProps {
  readonly value: string;
  readonly label: string;
  readonly errors: readonly PatternError[];
  readonly notes: readonly PatternNote[];
  readonly onInput: (value: string) => void;
  readonly onSubmit: () => void;
  /** What could stand at the caret; undefined when nothing is known. */
  readonly complete: (text: string, caret: number) => Completions | undefined;
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
  const [offered, setOffered] = useState<Completions>();
  const [active, setActive] = useState(0);

  // The caret goes where an edit of ours left it once the new text stands.
  useLayoutEffect(() => {
    const box = area.current!;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
    if (caret.current !== undefined) box.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [value]);

  const offer = (text: string, at: number): void => {
    const found = complete(text, at);
    setOffered(found === undefined || found.items.length === 0 ? undefined : found);
    setActive(0);
  };
  const replace = (text: string, at: number): void => {
    caret.current = at;
    onInput(text);
  };
  const accept = ({ text }: Completion): void => {
    if (offered === undefined) return;
    const { start, end } = offered;
    const edited = value.slice(0, start) + text + value.slice(end);
    replace(edited, start + text.length);
    // A selector wants an operator next, an operator a value: what follows is offered at once.
    if (text.endsWith(' ') || text.endsWith('.')) offer(edited, start + text.length);
    else setOffered(undefined);
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
    const handled = offered === undefined ? keyAlone(event) : keyInList(event, offered);
    if (handled) event.preventDefault();
  };
  const keyInList = (event: KeyboardEvent, { items }: Completions): boolean => {
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
        setOffered(undefined);
        return true;
      default:
        return false;
    }
  };
  const keyAlone = (event: KeyboardEvent): boolean => {
    if (event.key === 'Enter' && !event.shiftKey) onSubmit();
    else if (event.key === ' ' && event.ctrlKey) offer(value, area.current!.selectionStart);
    else if (event.altKey && event.key === 'ArrowUp') walk(1);
    else if (event.altKey && event.key === 'ArrowDown') walk(-1);
    else return false;
    return true;
  };

  const marks = [
    ...notes.map(({ start, end }) => ({ start, end, level: 'note' as const })),
    ...errors.map(({ start, end }) => ({ start, end, level: 'error' as const })),
  ];
  const applyFix = (fix: { start: number; end: number; text: string }): void => {
    const edited = value.slice(0, fix.start) + fix.text + value.slice(fix.end);
    replace(edited, fix.start + fix.text.length);
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
          {...(offered !== undefined && { 'aria-activedescendant': `${id}-completion-${active}` })}
          aria-invalid={errors.length > 0}
          aria-describedby={`${id}-problems`}
          placeholder={'{ $.eventName = "ConsoleLogin" }'}
          value={value}
          onInput={({ currentTarget }) => {
            walked.current = -1;
            onInput(currentTarget.value);
            offer(currentTarget.value, currentTarget.selectionStart);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOffered(undefined)}
        />
        {offered !== undefined && <CompletionList id={id} items={offered.items} active={active} onChoose={accept} />}
      </div>
      <Problems id={`${id}-problems`} text={value} errors={errors} notes={notes} onFix={applyFix} />
    </div>
  );
}
