import type { Pattern } from '../../src/core/patterns/ast';
import { type ExplainedLine, explain } from '../../src/core/patterns/explain';
import { t, translate } from '../common/text';

/** What a pattern means, in plain words; its traps are told under the box. */
export function Explanation({ pattern }: { readonly pattern: Pattern }) {
  return (
    <section class="explanation" aria-label={t('What the pattern means')}>
      <Line line={explain(pattern).meaning} />
    </section>
  );
}

function Line({ line: { text, below } }: { readonly line: ExplainedLine }) {
  return (
    <>
      <span>{translate(text)}</span>
      {below.length > 0 && (
        <ul>
          {below.map((each, index) => (
            <li key={index}>
              <Line line={each} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
