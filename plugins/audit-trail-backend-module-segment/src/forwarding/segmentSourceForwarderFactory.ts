import type { ForwarderFactory } from 'backstage-plugin-audit-trail-node';
import { LoopGuard } from './LoopGuard';
import { readSegmentSourceConfig } from './readSegmentSourceConfig';
import { SegmentSourceForwarder } from './SegmentSourceForwarder';

/** Makes the forwarders of destinations of the type `segment-source`. */
export function segmentSourceForwarderFactory(): ForwarderFactory {
  const guard = new LoopGuard();
  return {
    type: 'segment-source',
    create: options =>
      new SegmentSourceForwarder({
        destinationId: options.destinationId,
        eventUrl: options.eventUrl,
        config: readSegmentSourceConfig(options),
        guard,
      }),
  };
}
