/** Versions of ATT&CK that names and ids can be shown in. The catalogue is written in v19. */
export type AttackVersion = 'v19' | 'v18';

/** The shape of `data/attack.json`. */
export interface AttackData {
  readonly tacticsInMatrixOrder: readonly { readonly id: string; readonly name: string }[];
  readonly techniques: Readonly<Record<string, { readonly name: string; readonly parent: string | null }>>;
  readonly v18EquivalentOfUsedNewIds: Readonly<Record<string, string>>;
  readonly v18Techniques: AttackData['techniques'];
  /** Every technique of the cloud matrix, used by a built-in rule or not; sub-techniques without their parents' names. */
  readonly allIaasTechniques: Readonly<Record<string, { readonly name: string }>>;
  /** v19 ids by the v18 ids they replace. */
  readonly revokedInV19: Readonly<Record<string, string>>;
}

export interface AttackName {
  readonly id: string;
  readonly name: string;
  /** The page on attack.mitre.org. */
  readonly url: string;
}

/** v19 split Defense Evasion (TA0005) into Stealth, which kept the id, and Defense Impairment. */
const STEALTH = 'TA0005';
const DEFENSE_IMPAIRMENT = 'TA0112';
const V18_NAME_OF_STEALTH = 'Defense Evasion';

/** Names of tactics and techniques of MITRE ATT&CK Enterprise, in v19 or v18. */
export class Attack {
  private readonly tacticNames: ReadonlyMap<string, string>;

  constructor(
    private readonly data: AttackData,
    readonly version: AttackVersion = 'v19',
  ) {
    this.tacticNames = new Map(data.tacticsInMatrixOrder.map(({ id, name }) => [id, name]));
  }

  /** The tactic with the v19 id `id`, as this version has it. */
  tactic(id: string): AttackName {
    const inV18 = this.version === 'v18';
    const shown = inV18 && id === DEFENSE_IMPAIRMENT ? STEALTH : id;
    const name = inV18 && shown === STEALTH ? V18_NAME_OF_STEALTH : (this.tacticNames.get(shown) ?? shown);
    return { id: shown, name, url: `https://attack.mitre.org/tactics/${shown}/` };
  }

  /** The tactics with these v19 ids, each once. */
  tactics(ids: readonly string[]): AttackName[] {
    return [...new Map(ids.map((id) => this.tactic(id)).map((tactic) => [tactic.id, tactic])).values()];
  }

  /** The technique with the v19 id `id`, as this version has it, its parent's name before its own. */
  technique(id: string): AttackName {
    const shown = this.version === 'v18' ? (this.data.v18EquivalentOfUsedNewIds[id] ?? id) : id;
    const known = this.data.techniques[shown] ?? this.data.v18Techniques[shown];
    const cloud = this.data.allIaasTechniques[shown]?.name ?? shown;
    const name = known === undefined ? cloud : known.parent === null ? known.name : `${known.parent}: ${known.name}`;
    return { id: shown, name, url: `https://attack.mitre.org/techniques/${shown.replace('.', '/')}/` };
  }

  /** True for the v19 ids of tactics, and of techniques of the cloud matrix or used by a built-in rule. */
  knows(id: string): boolean {
    return this.tacticNames.has(id) || id in this.data.techniques || id in this.data.allIaasTechniques;
  }

  /** The v19 id that took the place of an older one; undefined when `id` was not replaced. */
  replacementOf(id: string): string | undefined {
    return this.data.revokedInV19[id];
  }

  /** The id of the tactic with this name or id, in any case; undefined when there is none. */
  tacticId(text: string): string | undefined {
    const wanted = text.trim().toLowerCase();
    if (wanted === V18_NAME_OF_STEALTH.toLowerCase()) return STEALTH;
    return this.data.tacticsInMatrixOrder.find(({ id, name }) =>
      [id, name].some((each) => each.toLowerCase() === wanted),
    )?.id;
  }

  /** The ids of all tactics, in the order of the matrix. */
  get tacticIds(): string[] {
    return [...this.tacticNames.keys()];
  }
}
