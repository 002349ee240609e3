import { createHash } from 'node:crypto';

const MAX_TIME = 2 ** 48 - 1;

function format(milliseconds: number, low: bigint): string {
  const time = BigInt(Math.min(Math.max(milliseconds, 0), MAX_TIME));
  const high12 = (low >> 62n) & 0xfffn;
  const low62 = low & ((1n << 62n) - 1n);
  const value =
    (time << 80n) | (7n << 76n) | (high12 << 64n) | (2n << 62n) | low62;
  const hex = value.toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The id of an audit event: a UUIDv7 (RFC 9562) whose time is when the event
 * happened and whose other 74 bits are a hash of its source and the source's
 * own id. So the id is identity, order and idempotency key in one.
 */
export function auditEventId(options: {
  /** Milliseconds since 1970. */
  occurredAt: number;
  source: string;
  sourceEventId: string;
}): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([options.source, options.sourceEventId]))
    .digest();
  return format(
    options.occurredAt,
    (hash.readBigUInt64BE(0) << 10n) | (hash.readBigUInt64BE(8) >> 54n),
  );
}

/** The time in an id, in milliseconds since 1970. */
export function auditEventIdTime(id: string): number {
  return parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The lowest id that an event at a time can have. */
export function lowestAuditEventId(milliseconds: number): string {
  return format(milliseconds, 0n);
}

/** The highest id that an event at a time can have. */
export function highestAuditEventId(milliseconds: number): string {
  return format(milliseconds, (1n << 74n) - 1n);
}

/** Whether a text has the form of an audit event's id. */
export function isAuditEventId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(
    text,
  );
}
