import { serviceName } from '../../core/events/principal';
import { patternOfRecord } from '../../core/patterns/fromRecord';
import type { LogDocuments } from '../editor/logDocuments';
import { requireRecordAtCursor } from '../editor/recordAtCursor';
import { muteRule } from './muteCommand';
import { openNewRule } from './newRule';

/** Writing rules and mutes from the log in the active editor. */
export class RuleCommands {
  /** By command. */
  readonly handlers = {
    muteRule,
    newRuleFromRecord: () => this.newRule(),
  };

  constructor(private readonly documents: LogDocuments) {}

  private async newRule(): Promise<void> {
    const found = requireRecordAtCursor(this.documents);
    if (found === undefined) return;
    const { event, view } = found.record;
    const parts = [event.eventSource && serviceName(event.eventSource), event.eventName, event.errorCode];
    const title = parts.filter((part) => part !== undefined && part !== '').join(' ');
    await openNewRule(title, patternOfRecord(view));
  }
}
