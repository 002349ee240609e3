import {
  auditEventId,
  auditEventIdTime,
  highestAuditEventId,
  isAuditEventId,
  lowestAuditEventId,
} from './auditEventId';

const at = Date.parse('2019-11-24T19:50:51.744Z');
const idOf = (sourceEventId: string, source = 'segment') =>
  auditEventId({ occurredAt: at, source, sourceEventId });

describe('auditEventId', () => {
  it('is a UUIDv7 with the time of the event', () => {
    const id = idOf('api-1');
    expect(isAuditEventId(id)).toBe(true);
    expect(id[14]).toBe('7');
    expect(auditEventIdTime(id)).toBe(at);
  });

  it('is the same for the same event only', () => {
    expect(idOf('api-1')).toBe(idOf('api-1'));
    expect(idOf('api-2')).not.toBe(idOf('api-1'));
    expect(idOf('api-1', 'other')).not.toBe(idOf('api-1'));
    expect(idOf('a\0b', 'c')).not.toBe(idOf('b', 'c\0a'));
  });

  it('lies between the lowest and the highest id of its time', () => {
    for (let n = 0; n < 500; n++) {
      const id = idOf(`api-${n}`);
      expect(id >= lowestAuditEventId(at)).toBe(true);
      expect(id <= highestAuditEventId(at)).toBe(true);
      expect(id < lowestAuditEventId(at + 1)).toBe(true);
      expect(id > highestAuditEventId(at - 1)).toBe(true);
    }
  });

  it('uses all bits of the hash', () => {
    const ids = Array.from({ length: 300 }, (_, n) => idOf(`api-${n}`));
    const digitsAt = (place: number) => new Set(ids.map(id => id[place]));
    for (let place = 20; place < 36; place++) {
      expect(digitsAt(place).size).toBeGreaterThan(place === 23 ? 0 : 1);
    }
    expect(digitsAt(15).size).toBeGreaterThan(10);
    expect(digitsAt(35).size).toBeGreaterThan(10);
  });
});
