import type { LoggerService } from '@backstage/backend-plugin-api';
import { PublicApiClient } from 'backstage-plugin-segment-node';
import { DEMO_TOKEN, SAMPLE_RESOURCES, startTrackingApi } from './examples';

export type Segment = Awaited<ReturnType<typeof startTrackingApi>>;

const running: Segment[] = [];

/** Starts Segment's stand-in with the sample workspace. */
export async function startSegment(
  options: Parameters<typeof startTrackingApi>[0] = {},
): Promise<Segment> {
  const segment = await startTrackingApi({ ...SAMPLE_RESOURCES, ...options });
  running.push(segment);
  return segment;
}

/** Ends all stand-ins. */
export async function stopSegments(): Promise<void> {
  await Promise.all(running.splice(0).map(segment => segment.close()));
}

/** A client of a stand-in that soon gives up. */
export const clientOf = (
  { url }: { url: string },
  options: { token?: string; timeoutMs?: number } = {},
) =>
  new PublicApiClient({
    baseUrl: url,
    token: DEMO_TOKEN,
    timeoutMs: 10_000,
    maxWaitMs: 5_000,
    ...options,
  });

/** A logger that keeps its lines, with all that is passed to it. */
export function recordingLogger() {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (message: string | Error, meta: object = {}) => {
      const text =
        message instanceof Error ? `${message} ${message.stack}` : message;
      lines.push(`${level}: ${text}${JSON.stringify(meta).slice(1, -1)}`);
    };
  const logger: LoggerService = {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: () => logger,
  };
  return { logger, lines };
}

/** Many sources. */
export const manySources = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...SAMPLE_RESOURCES.sources[0],
    id: `source${index}`,
    slug: `slug-${index}`,
    name: `Source ${index}`,
  }));
