import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  stringifyLocationRef,
  type Entity,
  type EntityLink,
  type ResourceEntityV1alpha1,
} from '@backstage/catalog-model';
import {
  ANNOTATION_SEGMENT_SOURCE_ID,
  ANNOTATION_SEGMENT_SPACE_ID,
  ANNOTATION_SEGMENT_WAREHOUSE_ID,
  ANNOTATION_SEGMENT_WORKSPACE,
  segmentAppPath,
} from 'backstage-plugin-audit-trail-common';
import type { WorkspaceResources } from '../publicApi/readResources';
import type {
  ResourceType,
  SegmentResource,
  Workspace,
} from '../publicApi/resources';
import { entityNames } from './entityNames';
import { entityLabels, entityTags, ownerOf } from './labels';

/** How entities are made. */
export interface EntityOptions {
  /** Base address of the Segment app. */
  app: string;
  ownerLabel: string;
  defaultOwner: string;
  system?: string;
}

const ID_ANNOTATIONS: Record<ResourceType, string> = {
  source: ANNOTATION_SEGMENT_SOURCE_ID,
  warehouse: ANNOTATION_SEGMENT_WAREHOUSE_ID,
  space: ANNOTATION_SEGMENT_SPACE_ID,
};

function appLinks(
  app: string,
  workspace: Workspace,
  resource: SegmentResource,
): EntityLink[] {
  const path = segmentAppPath(resource);
  return path
    ? [{ url: `${app}/${workspace.slug}/${path}`, title: 'Open in Segment' }]
    : [];
}

function stateOf({ enabled }: SegmentResource): string | undefined {
  if (enabled === undefined) {
    return undefined;
  }
  return enabled ? 'enabled' : 'disabled';
}

/**
 * The entities that stand for the resources of a workspace.
 *
 * @remarks
 *
 * The annotations tie them to their audit events, and with that decide who may
 * see these. So a slug that is the id of another resource is left out.
 */
export function toEntities(
  { workspace, resources }: WorkspaceResources,
  options: EntityOptions,
): Entity[] {
  const names = entityNames(workspace.slug, resources);
  const ids = new Set(resources.map(({ type, id }) => `${type}:${id}`));
  const location = stringifyLocationRef({
    type: 'segment-workspace',
    target: workspace.slug,
  });
  return resources.map((resource): ResourceEntityV1alpha1 => {
    const { type, id, slug, name, kind, labels } = resource;
    const isOwnSlug = slug && !ids.has(`${type}:${slug}`);
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: names.get(resource)!,
        title: name ?? slug ?? kind?.name ?? id,
        description: [
          kind?.name,
          `${type} of the Segment workspace`,
          workspace.name ?? workspace.slug,
        ]
          .filter(Boolean)
          .join(' '),
        annotations: {
          [ANNOTATION_LOCATION]: location,
          [ANNOTATION_ORIGIN_LOCATION]: location,
          [ANNOTATION_SEGMENT_WORKSPACE]: workspace.id,
          [ID_ANNOTATIONS[type]]: isOwnSlug ? `${id},${slug}` : id,
        },
        labels: entityLabels(labels),
        links: appLinks(options.app, workspace, resource),
        tags: entityTags([stateOf(resource), kind?.slug]),
      },
      spec: {
        type: `segment-${type}`,
        owner: ownerOf(labels, options),
        ...(options.system && { system: options.system }),
      },
    };
  });
}
