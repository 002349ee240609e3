import { assertDelivered } from '../assertDelivered';
import { HttpPoster, type HttpPosterOptions } from '../HttpPoster';
import {
  startRawReceiver,
  startReceiver,
  type Receiver,
  type Talk,
} from './receiver';

const receivers: Receiver[] = [];

/** Starts a receiver that {@link closeReceivers} closes. */
export async function receiver(...args: Parameters<typeof startReceiver>) {
  const started = await startReceiver(...args);
  receivers.push(started);
  return started;
}

/** Starts a raw receiver that {@link closeReceivers} closes. */
export async function rawReceiver(talk: Talk) {
  const started = await startRawReceiver(talk);
  receivers.push(started);
  return started;
}

/** Closes the receivers of a test. */
export async function closeReceivers(): Promise<void> {
  await Promise.all(receivers.splice(0).map(one => one.close()));
}

/** Makes a poster that may send to this machine. */
export const createPoster = (options: HttpPosterOptions = {}) =>
  HttpPoster.create({ allowPrivateAddresses: true, ...options });

/** Delivers something, and returns the error if there is one. */
export async function deliver(
  url: string,
  options: HttpPosterOptions & {
    headers?: Record<string, string>;
    signal?: AbortSignal;
  } = {},
) {
  const {
    headers = {},
    signal = new AbortController().signal,
    ...posterOptions
  } = options;
  try {
    assertDelivered(
      await createPoster(posterOptions).post({
        url: new URL(url),
        headers,
        body: '[]',
        signal,
      }),
    );
    return undefined;
  } catch (error) {
    return error as Error & { retryAfterMs?: number };
  }
}
