import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { auditTrailApiRef } from '../api';
import { fakeApi } from '../__testUtils__/fixtures';
import { useCsvDownload } from './useCsvDownload';

const chunk = (text: string) => ({
  done: false,
  value: new TextEncoder().encode(text),
});

/** A response whose body gives what it is told to, read by read. */
function response(reads: (() => Promise<unknown>)[]) {
  const cancel = jest.fn(async () => {});
  return {
    cancel,
    headers: {
      get: () => 'attachment; filename="audit-trail-2026.csv"',
    },
    body: {
      getReader: () => ({ cancel, read: () => reads.shift()!() }),
    },
  };
}

function setUp(answer: unknown) {
  const api = fakeApi({ exportCsv: jest.fn(async () => answer as Response) });
  const wrapper = ({ children }: PropsWithChildren<{}>) => (
    <TestApiProvider apis={[[auditTrailApiRef, api]]}>
      {children}
    </TestApiProvider>
  );
  return { api, ...renderHook(() => useCsvDownload(), { wrapper }) };
}

describe('useCsvDownload', () => {
  const saved: string[] = [];

  beforeEach(() => {
    saved.length = 0;
    URL.createObjectURL = jest.fn(() => 'blob:x');
    URL.revokeObjectURL = jest.fn();
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
  });

  afterEach(() => jest.restoreAllMocks());

  it('saves a file that came to its end, under the name the server gave', async () => {
    const { api, result } = setUp(
      response([
        async () => chunk('id,label\r\n1,a'),
        async () => chunk('\r\n2,b\r\n'),
        async () => ({ done: true }),
      ]),
    );
    const request = { filter: { actors: ['a'] }, order: 'asc' as const };
    act(() => {
      result.current.start(request);
    });
    expect(result.current.state.status).toBe('running');
    await waitFor(() =>
      expect(result.current.state).toEqual({
        status: 'saved',
        rows: 2,
        fileName: 'audit-trail-2026.csv',
      }),
    );
    expect(saved).toEqual(['audit-trail-2026.csv']);
    expect(api.exportCsv).toHaveBeenCalledWith(request);
  });

  it('saves nothing when the stream breaks, and says how far it came', async () => {
    const { result } = setUp(
      response([
        async () => chunk('id,label\r\n1,a\r\n'),
        async () => {
          throw new TypeError('network error');
        },
      ]),
    );
    act(() => {
      result.current.start({});
    });
    await waitFor(() =>
      expect(result.current.state).toEqual({
        status: 'failed',
        rows: 1,
        error: new TypeError('network error'),
      }),
    );
    expect(saved).toEqual([]);
    expect(URL.createObjectURL).not.toHaveBeenCalled();
  });

  it('stops reading when it is cancelled', async () => {
    let finish = (_: unknown) => {};
    const answer = response([
      async () => chunk('id\r\n1\r\n'),
      () => new Promise(resolve => (finish = resolve)),
    ]);
    const { result } = setUp(answer);
    act(() => {
      result.current.start({});
    });
    await act(async () => {});
    act(() => result.current.cancel());
    await act(async () => finish({ done: true }));
    expect(answer.cancel).toHaveBeenCalled();
    expect(result.current.state).toEqual({ status: 'idle' });
    expect(saved).toEqual([]);
  });
});
