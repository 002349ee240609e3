/**
 * Provides the sources, warehouses and spaces of Segment as entities of the
 * Backstage catalog.
 *
 * @packageDocumentation
 */

export { catalogModuleSegment as default } from './module';
