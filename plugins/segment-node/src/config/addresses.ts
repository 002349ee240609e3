/**
 * Addresses of Segment by region.
 *
 * @public
 */
export const SEGMENT_REGIONS = {
  us: {
    trackingApi: 'https://api.segment.io',
    publicApi: 'https://api.segmentapis.com',
    app: 'https://app.segment.com',
  },
  eu: {
    trackingApi: 'https://events.eu1.segmentapis.com',
    publicApi: 'https://eu1.api.segmentapis.com',
    app: 'https://eu1.app.segment.com',
  },
};

function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/**
 * A base address that may stand in the place of one of Segment's: https, or on
 * this machine; without user, query and fragment.
 *
 * @returns it without a slash at its end; undefined if it is none
 * @public
 */
export function readSegmentAddress(value: string): string | undefined {
  if (!URL.canParse(value)) {
    return undefined;
  }
  const url = new URL(value);
  const isSafe =
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && isLoopback(url.hostname));
  const isBase = !url.username && !url.password && !url.search && !url.hash;
  return isSafe && isBase ? url.href.replace(/\/+$/, '') : undefined;
}
