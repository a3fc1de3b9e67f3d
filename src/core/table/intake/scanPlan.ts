import { INDEXED_PATHS, SPELLINGS, indexedSlot } from '../../events/recordView';
import { encodeUtf8 } from '../../json/bytes';
import {
  KEY_BYTES,
  KEY_FLAGS,
  KEY_LENGTH,
  KEY_MASK,
  KEY_NEXT,
  KEY_OBJECT,
  KEY_SLOT,
  KEY_SLOTS,
  KEY_TEXT,
  KIND_ID,
  KIND_PLACE,
  KIND_SOURCE,
  KIND_TIME,
  KIND_TOKEN,
  KIND_VERSION,
  LONGEST_KEY,
  MOST_SLOTS,
  OBJECT_BYTES,
  OBJECT_FIRST,
  OBJECT_UNKNOWN,
  REPEATS,
  SLOT_BYTES,
  SLOT_COLUMN,
  SLOT_ID,
  SLOT_KIND,
  SLOT_SPELLING,
  STOPS,
} from '../../json/scannerLayout';
import { FIELD_COLUMNS, FIRST_ID_COLUMN, TIME_COLUMN } from './columns';
import { STOPPING_KEYS } from './stoppingKeys';

/** Keys that are in most records and hold nothing that is sought: known, they are told at one look. */
const FREQUENT_KEYS = [
  'tlsDetails',
  'tlsDetails.tlsVersion',
  'tlsDetails.cipherSuite',
  'tlsDetails.clientProvidedHostHeader',
  'resources',
  'apiVersion',
  'serviceEventDetails',
  'userIdentity.sessionContext.sessionIssuer.type',
  'userIdentity.sessionContext.sessionIssuer.principalId',
  'userIdentity.sessionContext.sessionIssuer.accountId',
  'userIdentity.sessionContext.webIdFederationData',
];

/** It is the same in all records of a session. */
const REPEATED_OBJECT = 'userIdentity';

interface Slot {
  readonly path: string;
  readonly column: number;
  readonly spelling: number;
  readonly kind: number;
}

const COLUMN_SLOTS: readonly Slot[] = FIELD_COLUMNS.flatMap(({ field, column }) =>
  SPELLINGS[field].map((path, spelling) => ({ path, column, spelling, kind: kindOf(path, column, spelling) })),
);
const COLUMN_PATHS = new Set(COLUMN_SLOTS.map(({ path }) => path));
const PLACE_SLOTS = INDEXED_PATHS.filter((path) => !COLUMN_PATHS.has(path)).map((path): Slot => {
  return { path, column: 0, spelling: 0, kind: KIND_PLACE };
});
const SLOTS = [...COLUMN_SLOTS, ...PLACE_SLOTS];

/** For each slot the one that a `RecordView` has for the path. */
export const VIEW_SLOTS: readonly number[] = SLOTS.map(({ path }) => indexedSlot(path)!);

/** The slot of the value that a record has at a key, by which the scanner knows it; -1 for one that it does not look for. */
export function slotOfKey(key: string): number {
  // A key with a dot in it is none of the paths that look the same.
  return key.includes('.') ? -1 : SLOTS.findIndex(({ path }) => path === key);
}

function kindOf(path: string, column: number, spelling: number): number {
  if (path === 'eventVersion') return KIND_VERSION;
  if (path === 'eventSource') return KIND_SOURCE;
  if (spelling > 0) return KIND_TOKEN;
  if (column === TIME_COLUMN) return KIND_TIME;
  return column >= FIRST_ID_COLUMN ? KIND_ID : KIND_TOKEN;
}

interface Key {
  readonly children: Map<string, Key>;
  /** See `KEY_FLAGS`. */
  flags: number;
  slot: number;
}

function newKey(): Key {
  return { children: new Map(), flags: 0, slot: -1 };
}

/** The keys that are sought, as a tree of objects. */
function keyTree(): Key {
  const root = newKey();
  const at = (path: string): Key => {
    let key = root;
    for (const name of path.split('.')) {
      const child = key.children.get(name) ?? newKey();
      key.children.set(name, child);
      key = child;
    }
    return key;
  };
  SLOTS.forEach(({ path }, slot) => (at(path).slot = slot));
  for (const path of FREQUENT_KEYS) at(path);
  for (const path of STOPPING_KEYS) at(path).flags |= STOPS;
  at(REPEATED_OBJECT).flags |= REPEATS;
  return root;
}

/** What the scanner's module offers to set it up. */
export interface PlanMemory {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  addKey(object: number, key: number): void;
}

/** Where the tables of the plan stand in the module's memory. */
export interface PlanAddresses {
  readonly root: number;
  readonly slots: number;
  readonly slotCount: number;
}

/** Writes the plan into the module's memory, in the form that `json/scannerLayout.ts` says. */
export function writePlan(module: PlanMemory): PlanAddresses {
  if (SLOTS.length > MOST_SLOTS) throw new Error('The scanner has no room for so many fields.');
  const root = writeObject(module, keyTree());
  const slots = module.allocate(SLOTS.length * SLOT_BYTES);
  SLOTS.forEach(({ column, spelling, kind }, i) => {
    const at = slots + i * SLOT_BYTES;
    view(module).setUint32(at + SLOT_COLUMN, column, true);
    view(module).setUint32(at + SLOT_SPELLING, spelling, true);
    view(module).setUint32(at + SLOT_KIND, kind, true);
    view(module).setUint32(at + SLOT_ID, Math.max(0, column - FIRST_ID_COLUMN), true);
  });
  return { root, slots, slotCount: SLOTS.length };
}

function writeObject(module: PlanMemory, object: Key): number {
  const address = module.allocate(OBJECT_BYTES);
  const unknownKey = writeUnknownKey(module);
  view(module).setUint32(address + OBJECT_FIRST, unknownKey, true);
  view(module).setUint32(address + OBJECT_UNKNOWN, unknownKey, true);
  for (const [name, key] of object.children) {
    const keyAddress = writeKey(module, name, key, unknownKey);
    module.addKey(address, keyAddress);
  }
  return address;
}

/** It equals no text: what is compared is a NUL, which JSON never has. */
function writeUnknownKey(module: PlanMemory): number {
  const address = module.allocate(KEY_BYTES);
  view(module).setUint8(address + KEY_MASK, 0xff);
  view(module).setUint32(address + KEY_NEXT, address, true);
  return address;
}

function writeKey(module: PlanMemory, name: string, key: Key, unknownKey: number): number {
  const text = encodeUtf8(`"${name}":`);
  if (text.length > LONGEST_KEY) throw new Error(`The key ${name} is too long for the scanner.`);
  const address = module.allocate(KEY_BYTES);
  const object = key.children.size > 0 ? writeObject(module, key) : 0;
  const data = view(module);
  data.setUint32(address + KEY_LENGTH, text.length, true);
  data.setUint32(address + KEY_SLOT, key.slot + 1, true);
  data.setUint32(address + KEY_OBJECT, object, true);
  data.setUint32(address + KEY_NEXT, unknownKey, true);
  data.setUint32(address + KEY_FLAGS, key.flags, true);
  data.setBigUint64(address + KEY_SLOTS, slotsBelow(key), true);
  new Uint8Array(module.memory.buffer).set(text, address + KEY_TEXT);
  new Uint8Array(module.memory.buffer).fill(0xff, address + KEY_MASK, address + KEY_MASK + text.length);
  return address;
}

/** A bit for each slot below a key. */
function slotsBelow({ children }: Key): bigint {
  let bits = 0n;
  for (const child of children.values()) bits |= slotsBelow(child) | (child.slot < 0 ? 0n : 1n << BigInt(child.slot));
  return bits;
}

function view({ memory }: PlanMemory): DataView {
  return new DataView(memory.buffer);
}
