import type { PatternError, PatternNote, Replacement } from '../../src/core/patterns/ast';
import { mendedPattern } from '../../src/core/patterns/mend';
import { t, translate } from '../common/text';

export interface ProblemsProps {
  readonly id: string;
  readonly text: string;
  readonly errors: readonly PatternError[];
  readonly notes: readonly PatternNote[];
  readonly onFix: (fix: Replacement) => void;
}

/**
 * What is wrong with the pattern, and what in it may surprise, each with its column and, where there is one, its fix. Where several are needed, one
 * button makes them all.
 */
export function Problems({ id, text, errors, notes, onFix }: ProblemsProps) {
  const mended = errors.length === 0 ? undefined : mendedPattern(text);
  const line = (problem: PatternNote, level: 'error' | 'note') => (
    <li key={`${level}${problem.start}${problem.message.template}`} class={`problem-${level}`}>
      <span class="problem-sign" aria-hidden="true">
        {level === 'error' ? '✕' : '⚠'}
      </span>
      <span>
        <span class="muted">{t('Column {0}', columnOf(text, problem.start))}</span> {translate(problem.message)}
        {problem.fix !== undefined && (level === 'note' || mended === undefined) && (
          <>
            {' '}
            <button type="button" class="link-button" onClick={() => onFix(problem.fix!)}>
              {translate(problem.fix.title)}
            </button>
          </>
        )}
      </span>
    </li>
  );
  return (
    <ul id={id} class="problems" role={errors.length > 0 ? 'alert' : undefined}>
      {errors.map((error) => line(error, 'error'))}
      {mended !== undefined && (
        <li>
          <button
            type="button"
            class="link-button"
            title={mended}
            onClick={() => onFix({ start: 0, end: text.length, text: mended })}
          >
            {t('Mend all of it')}
          </button>
        </li>
      )}
      {notes.map((note) => line(note, 'note'))}
    </ul>
  );
}

/** From 1, counted in characters of the line the offset is in. */
function columnOf(text: string, offset: number): number {
  return [...text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)].length + 1;
}
