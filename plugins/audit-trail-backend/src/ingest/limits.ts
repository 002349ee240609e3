/** Most events of a batch. */
export const MAX_EVENTS = 1_000;
/** Most bytes of a request's body. */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;
/** Most bytes of an event as JSON. */
export const MAX_EVENT_BYTES = 32 * 1024;
/** Most levels of objects and lists in an event's details. */
export const MAX_DEPTH = 8;
/** Most keys in an event's details, all levels together. */
export const MAX_KEYS = 1_000;
/** How far ahead of our clock an event may have happened, in milliseconds. */
export const MAX_AHEAD_MS = 24 * 60 * 60 * 1000;
/** Most characters of names and ids. */
export const MAX_TEXT_LENGTH = 512;
/** Most characters of an activity's spelling, a workspace, a correlation id. */
export const MAX_TYPE_LENGTH = 256;
