import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { InputError } from '@backstage/errors';
import type { DatabaseSettingsStore } from '../database/DatabaseSettingsStore';
import type { PagePosition } from './AuditEvents';

/**
 * Turns positions into cursors and back.
 *
 * @remarks
 *
 * A cursor is opaque to the caller: a position, signed together with what it
 * is good for (who asks, with which filter and order). It holds no decision:
 * what the caller may see is decided anew on each page. All replicas sign with
 * one key, which stands in the database.
 */
export class CursorCodec {
  readonly #key: string;

  static async create(options: {
    settings: DatabaseSettingsStore;
  }): Promise<CursorCodec> {
    const initial = randomBytes(32).toString('base64url');
    return new CursorCodec(
      await options.settings.getOrCreate('cursor-key', initial),
    );
  }

  private constructor(key: string) {
    this.#key = key;
  }

  /** Makes the cursor of a position. */
  encode(position: PagePosition, binding: string): string {
    const text = `${position.direction}.${position.id}`;
    const payload = Buffer.from(text).toString('base64url');
    return `${payload}.${this.#sign(payload, binding)}`;
  }

  /**
   * Reads a cursor.
   *
   * @throws `InputError` if we did not make it, or for something else
   */
  decode(cursor: string, binding: string): PagePosition {
    const [payload, signature, ...rest] = cursor.split('.');
    const given = Buffer.from(signature ?? '');
    const expected = Buffer.from(this.#sign(payload, binding));
    const [direction, id] = Buffer.from(payload, 'base64url')
      .toString()
      .split('.');
    if (
      rest.length > 0 ||
      given.length !== expected.length ||
      !timingSafeEqual(given, expected) ||
      (direction !== 'next' && direction !== 'prev')
    ) {
      throw new InputError(
        'cursor: not valid here; use a cursor of a page with the same filter and order, or leave it out for the first page',
      );
    }
    return { direction, id };
  }

  #sign(payload: string, binding: string): string {
    return createHmac('sha256', this.#key)
      .update(payload)
      .update('\0')
      .update(binding)
      .digest('base64url');
  }
}
