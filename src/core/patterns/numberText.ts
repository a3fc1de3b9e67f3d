const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** True when `text` is a number as a pattern writes one. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}
