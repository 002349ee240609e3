import type { AuditTrailExportRecord } from '../exporting';
import { openExport } from './AuditTrailExport';

const whole: AuditTrailExportRecord = {
  id: 'x1',
  status: 'complete',
  format: 'csv',
  startedAt: '2026-06-01T00:00:00.000Z',
  rows: 1,
  bytes: 3,
};

/** An answer with a file of three bytes. */
const response = () =>
  ({
    headers: new Headers({ 'X-Audit-Trail-Export-Id': 'x1' }),
    body: new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(3));
        controller.close();
      },
    }),
  } as Response);

describe('an export that has come', () => {
  const getRecord = jest.fn<Promise<AuditTrailExportRecord>, [string]>();
  const read = async () => {
    const { read: start } = openExport({ response: response(), getRecord });
    const [result] = await Promise.allSettled([
      start(() => {}),
      jest.advanceTimersByTimeAsync(60_000),
    ]);
    if (result.status === 'rejected') {
      throw result.reason;
    }
    return result.value;
  };

  beforeEach(() => {
    jest.useFakeTimers();
    getRecord.mockReset();
  });
  afterEach(() => jest.useRealTimers());

  it('is asked about again while nobody answers', async () => {
    getRecord
      .mockRejectedValueOnce(new Error('503 Service Unavailable'))
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue(whole);
    await expect(read()).resolves.toEqual(whole);
    expect(getRecord).toHaveBeenCalledTimes(3);
    expect(getRecord).toHaveBeenCalledWith('x1');
  });

  it('is not said to be whole if nobody answers at all', async () => {
    getRecord.mockRejectedValue(new Error('503 Service Unavailable'));
    await expect(read()).rejects.toThrow('503');
    expect(getRecord).toHaveBeenCalledTimes(4);
  });

  it('is not asked about again once the answer is that it is not whole', async () => {
    getRecord.mockResolvedValue({ ...whole, bytes: 4 });
    await expect(read()).rejects.toThrow(
      'The file has 4 bytes, of which 3 have come',
    );
    expect(getRecord).toHaveBeenCalledTimes(1);
  });

  it('is not asked about again after an answer that stays', async () => {
    getRecord.mockRejectedValue(
      Object.assign(new Error('404 Not Found'), { statusCode: 404 }),
    );
    await expect(read()).rejects.toThrow('404');
    expect(getRecord).toHaveBeenCalledTimes(1);
  });

  it('is not asked about again by who has cancelled it', async () => {
    getRecord.mockRejectedValue(new DOMException('', 'AbortError'));
    await expect(read()).rejects.toThrow();
    expect(getRecord).toHaveBeenCalledTimes(1);
  });
});
