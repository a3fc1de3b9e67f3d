// The ordinary day around the attack.
import { builds } from './builds.mjs';
import { machines } from './machines.mjs';
import { services } from './services.mjs';
import { staff } from './staff.mjs';

export function everyday(timeline) {
  staff(timeline);
  builds(timeline);
  machines(timeline);
  services(timeline);
}
