import type { Attack } from '../../core/rules/attack';
import type { Catalogue } from '../../core/rules/catalogue';
import { ErrorCodes, type ErrorCodeData } from '../../core/events/errorCodes';
import { FieldReference, type FieldData } from '../../core/events/fieldReference';
import { IdentityTypes, type IdentityTypeData } from '../../core/events/identityTypes';
import { attackNames, builtInCatalogue, readData } from '../../node/referenceData';
import { readSetting } from './settings';

/** Reference data, each read from disk when it is first asked for: a window without logs never reads any. */
class Reference {
  private loadedCatalogue: Catalogue | undefined;
  private loadedAttack: Attack | undefined;
  private loadedFields: FieldReference | undefined;
  private loadedErrorCodes: ErrorCodes | undefined;
  private loadedIdentityTypes: IdentityTypes | undefined;

  get catalogue(): Catalogue {
    return (this.loadedCatalogue ??= builtInCatalogue());
  }

  /** In the version of ATT&CK that the settings ask for. */
  get attack(): Attack {
    const version = readSetting('attack.version');
    if (this.loadedAttack?.version !== version) this.loadedAttack = attackNames(version);
    return this.loadedAttack;
  }

  get fields(): FieldReference {
    return (this.loadedFields ??= new FieldReference(readData<FieldData>('record-fields.json')));
  }

  get errorCodes(): ErrorCodes {
    return (this.loadedErrorCodes ??= new ErrorCodes(readData<ErrorCodeData>('error-codes.json')));
  }

  get identityTypes(): IdentityTypes {
    return (this.loadedIdentityTypes ??= new IdentityTypes(readData<IdentityTypeData>('identity-types.json')));
  }
}

export const reference = new Reference();
