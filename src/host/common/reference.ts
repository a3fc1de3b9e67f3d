import * as vscode from 'vscode';
import type { ErrorCodes } from '../../core/events/errorCodes';
import type { FieldReference } from '../../core/events/fieldReference';
import type { Identifiers } from '../../core/events/identifiers';
import type { IdentityTypes } from '../../core/events/identityTypes';
import type { Attack } from '../../core/rules/attack';
import type { Catalogue } from '../../core/rules/catalogue';
import {
  attackNames,
  builtInCatalogue,
  errorCodes,
  fieldReference,
  identifiers,
  identityTypes,
} from '../../node/referenceData';
import { readSetting } from './settings';

/** Reference data in the language of the editor, each read from disk when it is first asked for. */
class Reference {
  private loadedAttack: Attack | undefined;
  private loadedCatalogue: Catalogue | undefined;
  private loadedErrorCodes: ErrorCodes | undefined;
  private loadedFields: FieldReference | undefined;
  private loadedIdentifiers: Identifiers | undefined;
  private loadedIdentityTypes: IdentityTypes | undefined;

  /** In the version of ATT&CK that the settings ask for. */
  get attack(): Attack {
    const version = readSetting('attack.version');
    if (this.loadedAttack?.version !== version) this.loadedAttack = attackNames(version);
    return this.loadedAttack;
  }

  /** The rules in force: the built-in ones, until rules and mutes of the workspace and the user are there. */
  get catalogue(): Catalogue {
    return (this.loadedCatalogue ??= builtInCatalogue(vscode.env.language));
  }

  set catalogue(catalogue: Catalogue) {
    this.loadedCatalogue = catalogue;
  }

  get errorCodes(): ErrorCodes {
    return (this.loadedErrorCodes ??= errorCodes(vscode.env.language));
  }

  get fields(): FieldReference {
    return (this.loadedFields ??= fieldReference(vscode.env.language));
  }

  get identifiers(): Identifiers {
    return (this.loadedIdentifiers ??= identifiers(vscode.env.language));
  }

  get identityTypes(): IdentityTypes {
    return (this.loadedIdentityTypes ??= identityTypes(vscode.env.language));
  }
}

export const reference = new Reference();
