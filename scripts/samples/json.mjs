// JSON as CloudTrail writes it.
const MARKED_NUMBER = /"\\u0001(-?[\d.]+)\\u0001"/g;

/** A number that keeps its spelling: JSON.stringify alone would write 1.0 as 1. */
export function rawNumber(text) {
  return `\u0001${text}\u0001`;
}

export function toJson(value, indent) {
  return JSON.stringify(value, null, indent).replaceAll(MARKED_NUMBER, '$1');
}
