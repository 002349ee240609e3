/**
 * Id of the Segment workspace an entity's resources belong to.
 *
 * @public
 */
export const ANNOTATION_SEGMENT_WORKSPACE = 'segment.com/workspace';

/**
 * Ids or slugs of Segment sources, separated by commas.
 *
 * @public
 */
export const ANNOTATION_SEGMENT_SOURCE_ID = 'segment.com/source-id';

/**
 * Ids of Segment warehouses, separated by commas.
 *
 * @public
 */
export const ANNOTATION_SEGMENT_WAREHOUSE_ID = 'segment.com/warehouse-id';

/**
 * Ids or slugs of Segment spaces, separated by commas.
 *
 * @public
 */
export const ANNOTATION_SEGMENT_SPACE_ID = 'segment.com/space-id';
