import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import {
  IncompleteExportError,
  type AuditTrailExport,
  type AuditTrailExportRecord,
} from 'backstage-plugin-audit-trail-common';
import type { PropsWithChildren } from 'react';
import { auditTrailApiRef } from '../api';
import { fakeApi } from '../__testUtils__/fixtures';
import { useExport } from './useExport';

const record = (
  overrides: Partial<AuditTrailExportRecord> = {},
): AuditTrailExportRecord => ({
  id: 'x1',
  status: 'complete',
  format: 'csv',
  startedAt: '2026-06-01T00:00:00.000Z',
  rows: 2,
  bytes: 6,
  ...overrides,
});

const part = (text: string) => new TextEncoder().encode(text);

/** An export whose file comes as the test says. */
function exported(
  read: AuditTrailExport['read'],
  overrides: Partial<AuditTrailExport> = {},
): AuditTrailExport {
  return {
    id: 'x1',
    fileName: 'audit-trail_2026.csv',
    contentType: 'text/csv',
    expectedEvents: { count: 2, orMore: false },
    getRecord: async () => record({ status: 'running', rows: 1 }),
    read,
    ...overrides,
  };
}

function setUp(answer: AuditTrailExport) {
  const api = fakeApi({ exportEvents: jest.fn(async () => answer) });
  const wrapper = ({ children }: PropsWithChildren<{}>) => (
    <TestApiProvider apis={[[auditTrailApiRef, api]]}>
      {children}
    </TestApiProvider>
  );
  return { api, ...renderHook(() => useExport(), { wrapper }) };
}

describe('useExport', () => {
  const saved: string[] = [];
  let blobs: Blob[] = [];

  beforeEach(() => {
    saved.length = 0;
    blobs = [];
    URL.createObjectURL = jest.fn(blob => {
      blobs.push(blob as Blob);
      return 'blob:x';
    });
    URL.revokeObjectURL = jest.fn();
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
  });

  afterEach(() => {
    jest.restoreAllMocks();
    delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;
  });

  it('saves a file that is whole, under the name the server gave', async () => {
    const { api, result } = setUp(
      exported(async write => {
        await write(part('abc'));
        await write(part('def'));
        return record();
      }),
    );
    const request = { filter: { actors: ['a'] }, order: 'asc' as const };
    act(() => {
      result.current.start(request, { large: false });
    });
    await waitFor(() =>
      expect(result.current.state).toEqual({
        status: 'saved',
        rows: 2,
        bytes: 6,
        fileName: 'audit-trail_2026.csv',
      }),
    );
    expect(saved).toEqual(['audit-trail_2026.csv']);
    expect(blobs[0].size).toBe(6);
    expect(api.exportEvents).toHaveBeenCalledWith(request, {
      signal: expect.any(AbortSignal),
    });
  });

  it('saves nothing of a file that is not whole, however it ended', async () => {
    const error = new IncompleteExportError('not all of it');
    const { result } = setUp(
      exported(async write => {
        await write(part('abc'));
        throw error;
      }),
    );
    act(() => {
      result.current.start({}, { large: false });
    });
    await waitFor(() =>
      expect(result.current.state).toEqual({
        status: 'failed',
        bytes: 3,
        error,
      }),
    );
    expect(saved).toEqual([]);
    expect(URL.createObjectURL).not.toHaveBeenCalled();
  });

  it('stops when it is cancelled, and says nothing more', async () => {
    let finish = (_: AuditTrailExportRecord) => {};
    const { api, result } = setUp(
      exported(async write => {
        await write(part('abc'));
        return new Promise(resolve => (finish = resolve));
      }),
    );
    act(() => {
      result.current.start({}, { large: false });
    });
    await waitFor(() => expect(result.current.state.status).toBe('running'));
    await act(async () => {});
    const { signal } = (api.exportEvents as jest.Mock).mock.calls[0][1];
    act(() => result.current.cancel());
    expect(signal.aborted).toBe(true);
    await act(async () => finish(record()));
    expect(result.current.state).toEqual({ status: 'idle' });
    expect(saved).toEqual([]);
  });

  describe('a large file', () => {
    const written: string[] = [];
    const writable = {
      write: jest.fn(async (bytes: Uint8Array) => {
        written.push(new TextDecoder().decode(bytes));
      }),
      close: jest.fn(async () => {}),
      abort: jest.fn(async () => {}),
    };
    const remove = jest.fn(async () => {});
    const choose = jest.fn(async (_: { suggestedName: string }) => ({
      createWritable: async () => writable,
      remove,
    }));

    beforeEach(() => {
      jest.clearAllMocks();
      written.length = 0;
      Object.assign(window, { showSaveFilePicker: choose });
    });

    it('goes into the file that the reader chooses', async () => {
      const { result } = setUp(
        exported(async write => {
          await write(part('abc'));
          return record();
        }),
      );
      act(() => {
        result.current.start(
          { format: 'json', compress: 'gzip' },
          { large: true },
        );
      });
      await waitFor(() => expect(result.current.state.status).toBe('saved'));
      expect(written).toEqual(['abc']);
      expect(writable.close).toHaveBeenCalledTimes(1);
      expect(saved).toEqual([]);
      expect(choose.mock.calls[0][0].suggestedName).toMatch(/\.json\.gz$/);
    });

    it('leaves no file if it breaks off', async () => {
      const { result } = setUp(
        exported(async write => {
          await write(part('abc'));
          throw new IncompleteExportError('not all of it');
        }),
      );
      act(() => {
        result.current.start({}, { large: true });
      });
      await waitFor(() => expect(result.current.state.status).toBe('failed'));
      expect(writable.close).not.toHaveBeenCalled();
      expect(writable.abort).toHaveBeenCalledTimes(1);
      expect(remove).toHaveBeenCalledTimes(1);
    });

    it('is not begun if they choose none', async () => {
      choose.mockRejectedValueOnce(
        Object.assign(new Error('The user aborted a request'), {
          name: 'AbortError',
        }),
      );
      const { api, result } = setUp(exported(async () => record()));
      await act(async () => {
        result.current.start({}, { large: true });
      });
      expect(result.current.state).toEqual({ status: 'idle' });
      expect(api.exportEvents).not.toHaveBeenCalled();
    });
  });
});
