import type { OwnRules, TableInfo } from '../../protocol/tableProtocol';
import { localize } from '../common/localize';
import type { RuleSet } from '../rules/ruleStore';
import type { NewestTable } from './newestTable';
import { type TableClient, TableError } from './tableClient';

/** Has the rules of one's own and the mutes asked of the table that is open. `show` is called when it has other findings, or when asking failed. */
export class RuleAsking {
  constructor(
    private readonly rules: RuleSet,
    private readonly newest: NewestTable,
    private readonly show: () => void,
  ) {}

  /** What the table is told of them. */
  get own(): OwnRules {
    const { standing, mutes } = this.rules.catalogue;
    return { rules: standing.filter(({ origin }) => origin === 'own'), mutes: mutes.all };
  }

  /** Has the findings worked out anew, also while sources are being read. */
  async anew(client: TableClient): Promise<void> {
    const info = await this.shown(() => client.call('rules', this.own));
    if (info !== null) await this.search(client, info);
  }

  /** Has the rules asked of the records that need them: the screen shows the other findings meanwhile. */
  async search(client: TableClient, { rulesToSearch }: TableInfo): Promise<void> {
    if (rulesToSearch > 0) await this.shown(() => client.call('searchRules', null));
  }

  private async shown(ask: () => Promise<TableInfo | null>): Promise<TableInfo | null> {
    const version = this.newest.ready?.info.version;
    try {
      const info = await ask();
      if (info !== null) this.newest.ruled(info);
      this.show();
      return info;
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      if (error.kind !== 'cancelled' && error.kind !== 'stale') {
        this.newest.failedToAsk(version, localize(error.text));
        this.show();
      }
      return null;
    }
  }
}
