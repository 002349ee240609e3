import { mockServices } from '@backstage/backend-test-utils';
import type { DestinationStatus } from '../database/forwarding/DatabaseDestinationStatusStore';
import { DestinationAlarm } from './DestinationAlarm';
import type { ConfiguredDestination } from './readDestinations';

const destination = { id: 'data', title: 'Data' } as ConfiguredDestination;
const MINUTE = 60_000;

const failing = (minutes: number): DestinationStatus => ({
  destinationId: 'data',
  failures: 3,
  failingSince: new Date(Date.now() - minutes * MINUTE),
  alarmed: false,
  lastFailureAt: new Date(),
  lastError: '503',
});

describe('DestinationAlarm', () => {
  const ingest = jest.fn();
  const send = jest.fn();
  const setAlarmed = jest.fn();
  const logger = mockServices.logger.mock();
  const alarm = DestinationAlarm.create({
    ingest: { ingest } as never,
    logger,
    notifications: { send },
    owners: ['group:default/owners'],
    status: { setAlarmed } as never,
  });
  const check = (status: DestinationStatus, paused = false) =>
    alarm.check(destination, status, { gone: false, paused });
  const events = () =>
    ingest.mock.calls.map(
      ([
        {
          events: [{ event }],
        },
      ]) => event,
    );

  beforeEach(() => {
    jest.resetAllMocks();
    ingest.mockResolvedValue({});
    send.mockResolvedValue(undefined);
    setAlarmed.mockResolvedValue(true);
  });

  it('counts an incident as told only when its event is stored', async () => {
    const status = failing(6);
    ingest.mockRejectedValueOnce(new Error('The database is away'));
    await expect(check(status)).rejects.toThrow('away');
    expect(setAlarmed).not.toHaveBeenCalled();
    expect(send).not.toHaveBeenCalled();
    await check({ ...status, failures: 4, lastFailureAt: new Date() });
    expect(setAlarmed).toHaveBeenCalledWith('data', true);
    expect(send).toHaveBeenCalledTimes(1);
    const [first, second] = events();
    // What the event's id is made of.
    expect(second).toMatchObject({
      sourceEventId: first.sourceEventId,
      occurredAt: first.occurredAt,
    });
  });

  it('tells it once, whoever else looks', async () => {
    setAlarmed.mockResolvedValue(false);
    await check(failing(6));
    expect(send).not.toHaveBeenCalled();
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('says nothing before five minutes, nor of what is paused', async () => {
    await check(failing(4));
    await check(failing(600), true);
    expect(ingest).not.toHaveBeenCalled();
  });

  it('tells that it works again once something was taken', async () => {
    const lastFailureAt = new Date(Date.now() - MINUTE);
    const resumed = {
      ...failing(6),
      failures: 0,
      alarmed: true,
      lastFailureAt,
    };
    await check(resumed);
    expect(ingest).not.toHaveBeenCalled();
    await check({ ...resumed, lastSuccessAt: new Date() });
    expect(events()).toMatchObject([
      { type: 'audit-trail.destination-recovered' },
    ]);
  });

  it('goes on when the notifications are away', async () => {
    send.mockRejectedValue(new Error('404'));
    await check(failing(6));
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
