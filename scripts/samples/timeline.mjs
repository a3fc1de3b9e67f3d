// All that happens, in the order in which it is told.
import { makeRecord } from './record.mjs';
import { at } from './time.mjs';
import { HOME_REGION } from './world.mjs';

export class Timeline {
  /** `{ account, region, folder, time, record, touched, twice }`; `touched` is what Event history lists as resources. */
  entries = [];

  /**
   * Adds the record of a call and answers it.
   * @param action service and event name, as in `iam.CreateUser`
   * @param options the optional parts of a record (see makeRecord), and `touched`, `twice` (delivered in two files)
   */
  call(actor, clock, action, options = {}) {
    const [service, name] = action.split('.');
    const { region = HOME_REGION, account = actor.account, touched = [], twice = false, folder = 'CloudTrail', ...rest } = options;
    const time = at(clock);
    const call = { time, source: `${service}.amazonaws.com`, name, region, account, ...rest };
    // The serial number keeps ids apart; it counts calls of this second only, so that ids stay when the story grows elsewhere.
    call.serial = this.entries.filter((entry) => entry.time === time && entry.account === account).length;
    const record = makeRecord(actor, call);
    this.add({ account, region, folder, time, record, touched, twice });
    return record;
  }

  add(entry) {
    this.entries.push(entry);
  }
}
