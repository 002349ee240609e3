import type { JsonObject } from '@backstage/types';
import { auditEvent } from '../__testUtils__/auditEvent';
import { eventUrl } from '../__testUtils__/segment';
import { mapDelivery } from '../intake/mapDelivery';
import { OWN_PROPERTIES } from './ownProperties';
import { trackCall } from './trackCall';
import { MAX_CALL_BYTES, trackCallText } from './trackCallText';

function cut(event: ReturnType<typeof auditEvent>) {
  const text = trackCallText(
    trackCall(event, {
      destinationId: 'segment',
      eventName: 'audit',
      url: eventUrl(event.id),
    }),
  );
  return { bytes: Buffer.byteLength(text), call: JSON.parse(text) };
}

/** Details of Segment's form with some more. */
const details = (more: JsonObject) => ({
  resource_id: 'w1',
  resource_type: 'warehouse',
  subject: 'users/u1',
  target: 'orders',
  ...more,
});

describe('trackCallText', () => {
  it('leaves what is small enough', () => {
    const event = auditEvent({ details: details({ note: 'ü'.repeat(8000) }) });
    expect(cut(event).call.properties.details.note).toHaveLength(8000);
  });

  it.each([
    ['a', 1],
    ['ü', 2],
    ['日', 3],
    ['😀', 4],
    ['\u0001', 6],
  ])('measures bytes of JSON: %j has %d', (character, size) => {
    const empty = cut(auditEvent({ details: details({ note: '' }) })).bytes;
    const room = Math.floor((MAX_CALL_BYTES - empty) / size);
    const fits = cut(
      auditEvent({ details: details({ note: character.repeat(room) }) }),
    );
    expect(fits.bytes).toBe(empty + room * size);
    expect(fits.bytes).toBeLessThanOrEqual(MAX_CALL_BYTES);
    const over = cut(
      auditEvent({ details: details({ note: character.repeat(room + 1) }) }),
    );
    expect(over.bytes).toBeLessThanOrEqual(MAX_CALL_BYTES);
    expect(over.call.properties.details).toEqual(
      details({ note: `[cut: ${(room + 1) * size + 2} bytes]` }),
    );
  });

  it('cuts the largest of the details, and what the event is about never', () => {
    const list = Array.from({ length: 2000 }, (_, index) => `item ${index}`);
    const event = auditEvent({
      details: details({
        large: '日'.repeat(8000),
        list,
        medium: 'a'.repeat(10_000),
        small: 'stays',
      }),
      changes: [{ path: 'settings.host', before: 'a', after: 'b' }],
    });
    const { bytes, call } = cut(event);
    expect(bytes).toBeLessThanOrEqual(MAX_CALL_BYTES);
    expect(call.properties.details).toEqual(
      details({
        large: '[cut: 24002 bytes]',
        list: `[cut: ${JSON.stringify(list).length} bytes]`,
        medium: 'a'.repeat(10_000),
        small: 'stays',
      }),
    );
    expect(call.properties[OWN_PROPERTIES].changes).toEqual(event.changes);
    expect(mapDelivery(call, '').resource.key).toBe(event.resource.key);
  });

  it('cuts very many small details', () => {
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        `a rather long name of a detail ${index}`,
        index,
      ]),
    );
    const { bytes, call } = cut(auditEvent({ details: details(many) }));
    expect(bytes).toBeLessThanOrEqual(MAX_CALL_BYTES);
    expect(call.properties.details).toEqual(
      details({ '[cut]': expect.stringMatching(/^\[cut: \d+ bytes\]$/) }),
    );
  });

  it('cuts changes and keys of resources if details are not enough', () => {
    const event = auditEvent({
      details: details({ small: 'stays' }),
      resources: Array.from(
        { length: 50 },
        (_, index) => `entity:component:default/${'日'.repeat(140)}${index}`,
      ),
      changes: [{ path: 'body', after: '😀'.repeat(5000) }],
    });
    const { bytes, call } = cut(event);
    expect(bytes).toBeLessThanOrEqual(MAX_CALL_BYTES);
    expect(call.properties.details).toEqual(details({ small: 'stays' }));
    expect(call.properties[OWN_PROPERTIES]).toMatchObject({
      event_id: event.id,
      resource_key: event.resource.key,
    });
  });

  it.each(['segment', 'external:deploys'])(
    'keeps the largest possible event of %s within the limit',
    source => {
      // JSON spells each of these in six bytes.
      const text = (length: number) => '\u0001'.repeat(length);
      const key = (index: number) =>
        `segment:source:${'"'.repeat(490)}${String(index).padStart(3, '0')}`;
      const event = auditEvent(
        {
          type: `x${text(255)}`,
          workspace: text(256),
          actor: {
            type: 'user',
            id: text(512),
            name: text(512),
            email: text(512),
            entityRef: text(512),
          },
          resource: { key: key(0), name: text(512) },
          resources: Array.from({ length: 50 }, (_, index) => key(index + 1)),
          correlationId: text(256),
          severity: 'high',
          details: details({
            subject: text(5000),
            target: text(5000),
            source_id: text(5000),
            space_id: { nested: text(5000) },
            [text(2000)]: 1,
          }),
          changes: [{ path: 'a', before: text(5000), after: text(5000) }],
        },
        source,
      );
      const { bytes, call } = cut(event);
      expect(bytes).toBeLessThanOrEqual(MAX_CALL_BYTES);
      expect(call).toMatchObject({ userId: event.actor.id, type: 'track' });
      expect(call.properties[OWN_PROPERTIES].event_id).toBe(event.id);
    },
  );

  it('ends no text in half of a character', () => {
    const name = `${'a'.repeat(63)}😀${'a'.repeat(440)}`;
    const event = auditEvent({
      actor: { type: 'user', id: 'u1', name },
      details: details({ target: '日'.repeat(11_000) }),
    });
    const { bytes, call } = cut(event);
    expect(bytes).toBeLessThanOrEqual(MAX_CALL_BYTES);
    expect(call.properties[OWN_PROPERTIES].actor_name).toBe(
      `${'a'.repeat(63)}…`,
    );
  });
});
