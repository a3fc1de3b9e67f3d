import type { SelectorStep } from './ast';

/** A text as an SQL literal: quotes are doubled, backslashes mean nothing. */
export function sqlLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A number as written in a pattern, as SQL reads it. Longer ones than SQL's integers hold are doubles. */
export function sqlNumber(raw: string): string {
  return /^-?\d{1,18}(\.\d{1,18})?$/.test(raw) ? raw : `DOUBLE '${Number(raw)}'`;
}

/** `column LIKE 'pre%' ESCAPE '\'` for a value with stars. */
export function sqlLike(expression: string, value: string, negated: boolean): string {
  return `${expression} ${negated ? 'NOT LIKE' : 'LIKE'} ${sqlLiteral(likePattern(value))} ESCAPE '\\'`;
}

/** `column LIKE '%text%'`; the escape character is told of where it is used only. */
export function sqlContains(expression: string, text: string, negated: boolean): string {
  const escaped = escapeLike(text);
  const escape = escaped === text ? '' : ` ESCAPE '\\'`;
  return `${expression} ${negated ? 'NOT LIKE' : 'LIKE'} ${sqlLiteral(`%${escaped}%`)}${escape}`;
}

function likePattern(value: string): string {
  return value.split(/\*+/).map(escapeLike).join('%');
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** The path of `json_extract` from the steps below a column: `$.a.b[0]["x-y"]`. None of them is a wildcard. */
export function sqlJsonPath(steps: readonly SelectorStep[]): string {
  const parts = steps.map((step) => {
    if (step.kind === 'index') return `[${step.index}]`;
    if (step.kind === 'any') throw new Error('A wildcard has no JSON path');
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(step.key) ? `.${step.key}` : `["${step.key.replace(/["\\]/g, '\\$&')}"]`;
  });
  return sqlLiteral(`$${parts.join('')}`);
}

/**
 * The regular expression as `regexp_like` reads it. Both search anywhere and know the same marks, but for `{,n}` and for what stands in
 * brackets: there `[` and `&&` would mean something.
 */
export function sqlRegex(source: string): string {
  let out = '';
  let inBracket = false;
  for (let i = 0; i < source.length; i++) {
    const letter = source[i]!;
    if (letter === '\\') {
      out += letter + source.charAt(++i);
    } else if (inBracket) {
      out += letter === '[' || letter === '&' ? `\\${letter}` : letter;
      inBracket = letter !== ']';
    } else if (letter === '[') {
      const opening = /^\[\^?\]?/.exec(source.slice(i))![0];
      out += opening.replace(']', '\\]');
      i += opening.length - 1;
      inBracket = true;
    } else out += letter === '{' && source[i + 1] === ',' ? '{0' : letter;
  }
  return sqlLiteral(out);
}
