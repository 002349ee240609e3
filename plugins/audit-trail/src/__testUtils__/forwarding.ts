import { screen, waitFor, within } from '@testing-library/react';
import type {
  Destination,
  DestinationTestResult,
  UpdateDestinationRequest,
} from 'backstage-plugin-audit-trail-common';
import { fakeApi, forwardersAccess } from './fixtures';

export const FORWARDING_PATH = '/audit-trail/forwarding';

/** The API of a portal with some destinations, which remembers changes. */
export function forwardingApi(items: Destination[]) {
  let known = items;
  return {
    ...fakeApi(),
    getAccess: jest.fn(async () => forwardersAccess),
    getDestinations: jest.fn(async () => ({ items: known })),
    testDestination: jest.fn<Promise<DestinationTestResult>, [string]>(),
    updateDestination: jest.fn(
      async (id: string, changes: UpdateDestinationRequest) => {
        const before = known.find(one => one.id === id)!;
        const after: Destination = { ...before, ...changes };
        if (changes.enabled === false) {
          Object.assign(after, { state: 'off', pending: 0 });
        } else if (changes.enabled) {
          after.state = 'working';
        } else if (changes.paused !== undefined) {
          after.state = changes.paused ? 'paused' : 'working';
        }
        known = known.map(one => (one.id === id ? after : one));
        return after;
      },
    ),
  };
}

/** The row of a destination. */
export const rowOf = async (title: string) =>
  within(await screen.findByRole('listitem', { name: title }));
/** Waits until no dialog is open. */
export const dialogGone = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
