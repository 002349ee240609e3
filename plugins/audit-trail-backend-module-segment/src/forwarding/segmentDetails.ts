import type { JsonObject } from '@backstage/types';
import {
  parseResourceKey,
  type AuditEvent,
  type AuditEventActorType,
} from 'backstage-plugin-audit-trail-common';

/** The word before an actor's id in `subject`. */
const SUBJECTS: Record<AuditEventActorType, string | undefined> = {
  user: 'users',
  'access-token': 'tokens',
  service: 'services',
  system: undefined,
};

/** Fields of the details that name a resource by its id, by type of resource. */
const ID_FIELDS: Record<string, string> = {
  source: 'source_id',
  warehouse: 'warehouse_id',
  space: 'space_id',
  'tracking-plan': 'tracking_plan_id',
};

/** Fields of the details that mean something in Segment's own form. */
export const SEGMENT_FIELDS: readonly string[] = [
  'resource_id',
  'resource_type',
  'subject',
  'subject_id',
  'subject_type',
  'target',
  'source_name',
  ...Object.values(ID_FIELDS),
];

/** What the event was done to and by whom, in the fields of Segment's form. */
function knownFields(event: AuditEvent): JsonObject {
  const { actor, resource } = event;
  const fields: JsonObject = {
    resource_id: resource.id,
    resource_type: resource.type.replace(/-/g, '_'),
  };
  const subject = SUBJECTS[actor.type];
  if (subject) {
    fields.subject = `${subject}/${actor.id}`;
  }
  if (resource.name) {
    fields.target = resource.name;
  }
  const path: string[] = [];
  for (const key of event.resources) {
    const { namespace, type, id } = parseResourceKey(key) ?? {};
    const field = namespace === 'segment' && type && ID_FIELDS[type];
    const slug = id?.startsWith(`${event.workspace}/`)
      ? id.slice(event.workspace.length + 1)
      : undefined;
    if (field && slug === undefined && !(field in fields)) {
      fields[field] = id;
    } else if (field && slug !== undefined && key !== resource.key) {
      // A slug stands in the path of the resource that it holds.
      path.push(`${type}s`, slug);
    }
  }
  if (path.length > 0) {
    path.push(`${fields.resource_type}s`, resource.id);
    fields.resource_id = path.join('/');
  }
  return fields;
}

/** An event's details in Segment's form. */
export interface SegmentDetails {
  details: JsonObject;
  /**
   * Those of the event's own details whose names mean something else in
   * Segment's form.
   */
  displaced?: JsonObject;
}

/**
 * The details of an event in the form of Segment's own forwarding. Those that
 * came from there have it already.
 */
export function segmentDetails(event: AuditEvent): SegmentDetails {
  if (event.source === 'segment') {
    return event.details.resource_type
      ? { details: { ...event.details } }
      : { details: { ...event.details, ...knownFields(event) } };
  }
  const entries = Object.entries(event.details);
  const displaced = entries.filter(([key]) => SEGMENT_FIELDS.includes(key));
  const others = entries.filter(([key]) => !SEGMENT_FIELDS.includes(key));
  return {
    details: { ...Object.fromEntries(others), ...knownFields(event) },
    displaced: displaced.length > 0 ? Object.fromEntries(displaced) : undefined,
  };
}
