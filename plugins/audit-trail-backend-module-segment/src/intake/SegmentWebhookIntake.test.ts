import { trackCall } from '../forwarding/trackCall';
import { deliveredEvent } from '../__testUtils__/auditEvent';
import {
  eventUrl,
  RECORDED_DELIVERIES,
  webhookIntake,
} from '../__testUtils__/segment';

const deliveries = RECORDED_DELIVERIES.map(([, delivery]) => delivery);
const forwarded = (eventName: 'audit' | 'label') =>
  trackCall(deliveredEvent(deliveries[0]), {
    destinationId: 'segment',
    eventName,
    url: eventUrl('1'),
  });

describe('SegmentWebhookIntake', () => {
  it('drops and counts what a trail has forwarded, whatever its name', async () => {
    const { receive } = webhookIntake();
    const { events, faults, dropped } = await receive([
      forwarded('audit'),
      ...deliveries,
      forwarded('label'),
    ]);
    expect(events).toHaveLength(deliveries.length - 1);
    expect(faults).toEqual([]);
    expect(dropped).toEqual({ 'forwarded-by-us': 2, 'permission-check': 1 });
    expect(await receive(forwarded('label'))).toEqual({
      events: [],
      faults: [],
      dropped: { 'forwarded-by-us': 1 },
    });
  });

  it.each([
    [{ backstage_audit_trail: 'segment' }],
    [{ backstage_audit_trail: {} }],
    [{ backstage_audit_trail: { destination: 5, event_id: '1' } }],
  ])('keeps an event with %j, which no trail has made', async more => {
    const [delivery] = deliveries;
    const properties = { ...delivery.properties, ...more };
    const { events } = await webhookIntake().receive({
      ...delivery,
      properties,
    });
    expect(events).toHaveLength(1);
  });
});
