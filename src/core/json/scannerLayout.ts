/**
 * Where things stand in the module's memory, in bytes: the one agreement between the module and `core/table/intake`, which both import it. Plain
 * constants, so that both languages read them.
 */

/** A key that is sought in an object; see `wasm/record.ts`. Its text begins with the quote and ends with the colon. */
export const KEY_LENGTH = 0;
/** 1 + the slot its value fills, or 0. */
export const KEY_SLOT = 4;
/** Address of the object to read below it, or 0. */
export const KEY_OBJECT = 8;
/** Address of the key that followed it last time. */
export const KEY_NEXT = 12;
/** Bits of what is below. */
export const KEY_FLAGS = 16;
/** The next key of the same hash, or 0. */
export const KEY_CHAIN = 20;
/** A bit of 64 for each slot below it: cleared when the key comes a second time. */
export const KEY_SLOTS = 24;
export const KEY_TEXT = 32;
/** 0xff for each byte of the text. */
export const KEY_MASK = 64;
export const KEY_BYTES = 96;
/** The longest text: two vectors are compared, whatever the length. */
export const LONGEST_KEY = 32;

/** A top-level object with this key is no record but a container, or a page of an answer. */
export const STOPS = 1;
/** Many records have the same object there, byte by byte: see `wasm/repeats.ts`. */
export const REPEATS = 2;

/**
 * An object in which keys are sought: the key it began with last time; the key, equal to no text, that stands for those which are not sought; and
 * its keys by hash. What follows a key is a key of the same object, so that each object has an unknown key of its own.
 */
export const OBJECT_FIRST = 0;
export const OBJECT_UNKNOWN = 4;
export const OBJECT_BUCKETS = 8;
export const BUCKETS = 64;
export const OBJECT_BYTES = 8 + 4 * 64;

/** Slots are bits of a word. */
export const MOST_SLOTS = 64;

/** A slot: what is done with the value that was found at one path. */
export const SLOT_COLUMN = 0;
export const SLOT_SPELLING = 4;
/** One of the kinds below. */
export const SLOT_KIND = 8;
/** For ids: which of them. */
export const SLOT_ID = 12;
export const SLOT_BYTES = 16;

export const KIND_TOKEN = 0;
export const KIND_ID = 1;
export const KIND_TIME = 2;
export const KIND_VERSION = 3;
export const KIND_SOURCE = 4;
/** The value goes into no column: where it stands is all that is asked. */
export const KIND_PLACE = 5;

/** Rows that are collected before they are taken away. */
export const BATCH_ROWS = 8192;
/** From the first code of a column to the first of the next, in codes: were it a power of two, a row's codes would share one line of the cache. */
export const BATCH_STRIDE = BATCH_ROWS + 16;

/** What a scan ended with: all that is whole was read; the batch is full; a record that others have to read; not plain. */
export const READ_ALL = 0;
export const BATCH_FULL = 1;
export const UNUSUAL_RECORD = 2;
export const NOT_PLAIN = 3;

/** Entries of the dictionaries stand in blocks, one behind the other. A block begins with the address of the next one, or 0, and where its entries end. */
export const BLOCK_NEXT = 0;
export const BLOCK_END = 4;
export const BLOCK_ENTRIES = 16;

/** An entry: what it is the value of, spelling in the lowest byte and column above it; its length and code, and the token itself. */
export const ENTRY_FIELD = 0;
export const ENTRY_LENGTH = 4;
export const ENTRY_CODE = 8;
export const ENTRY_TOKEN = 12;
/** Entries begin at multiples of it. */
export const ENTRY_ALIGNMENT = 16;

/** Rules that a record is held against: how many, and the first anchor of each, 0 where none has to hold. */
export const RULES_COUNT = 0;
export const RULES_SCREENS = 4;

/** An event: the code of its source, the next event of the same name or 0, and its rules. */
export const EVENT_SOURCE = 0;
export const EVENT_NEXT = 4;
export const EVENT_RULES = 8;

/** An anchor: the next one that has to hold, too, or 0; 1 + the slot in whose value it has to stand, or 0; how many texts it has; and these. */
export const ANCHOR_NEXT = 0;
export const ANCHOR_SLOT = 4;
export const ANCHOR_COUNT = 8;
export const ANCHOR_TEXTS = 12;
/** A text: where it stands, its length, and how many digits the number behind it has at least, 0 where it does not matter. */
export const TEXT_ADDRESS = 0;
export const TEXT_LENGTH = 4;
export const TEXT_DIGITS = 8;
export const TEXT_BYTES = 12;

/**
 * Readable bytes behind the input, all 0: no string, number or object goes on there, vectors may be loaded, and what tells repeated objects apart, up
 * to 71 bytes behind the brace that is the last byte.
 */
export const PADDING = 80;

/** Readable bytes behind packed data, and writable ones behind the room for what they unpack to: the longest copy, and vectors besides. */
export const INFLATE_SLACK = 320;
