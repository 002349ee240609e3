/**
 * A client of Segment's Public API and the config of workspaces, shared by the
 * modules for Segment.
 *
 * @packageDocumentation
 */

export { readSegmentAddress, SEGMENT_REGIONS } from './config/addresses';
export { readSegmentWorkspaces } from './config/readSegmentWorkspaces';
export type { SegmentWorkspaceConfig } from './config/readSegmentWorkspaces';
export { PublicApiClient } from './publicApi/PublicApiClient';
export type {
  PublicApiListQuestion,
  PublicApiPage,
  PublicApiQuestion,
} from './publicApi/PublicApiClient';
export { PublicApiError } from './publicApi/PublicApiError';
export { segmentRequest, SegmentRequestError } from './segmentRequest';
export type { SegmentAnswer } from './segmentRequest';
