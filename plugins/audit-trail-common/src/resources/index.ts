export {
  ANNOTATION_SEGMENT_SOURCE_ID,
  ANNOTATION_SEGMENT_SPACE_ID,
  ANNOTATION_SEGMENT_WAREHOUSE_ID,
  ANNOTATION_SEGMENT_WORKSPACE,
} from './annotations';
export {
  entityHasSegmentResources,
  entityResourceKeys,
} from './entityResourceKeys';
export {
  SEGMENT_APP,
  segmentAppPath,
  segmentAppUrl,
  type SegmentAppWorkspace,
} from './segmentAppUrl';
export {
  entityResourceKey,
  parseResourceKey,
  resourceKey,
  type ResourceKeyParts,
} from './resourceKey';
