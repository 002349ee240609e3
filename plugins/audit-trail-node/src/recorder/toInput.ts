import { randomUUID } from 'node:crypto';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  entityResourceKey,
  type AuditEventActor,
} from 'backstage-plugin-audit-trail-common';
import type { AuditEventInput } from '../AuditEventInput';
import type { AuditTrailRecord, AuditTrailResource } from './AuditTrailService';

/** Who made a request, as an actor. */
export function actorOf(credentials: BackstageCredentials): AuditEventActor {
  const principal = credentials.principal as {
    type?: string;
    userEntityRef?: string;
    subject?: string;
  };
  if (principal.type === 'user' && principal.userEntityRef) {
    const { userEntityRef } = principal;
    return { type: 'user', id: userEntityRef, entityRef: userEntityRef };
  }
  return principal.type === 'service' && principal.subject
    ? { type: 'service', id: principal.subject }
    : { type: 'system', id: 'nobody' };
}

function resourceOf(resource: AuditTrailResource): AuditEventInput['resource'] {
  if (typeof resource === 'string') {
    return { key: resource };
  }
  return 'entityRef' in resource
    ? { key: entityResourceKey(resource.entityRef), name: resource.name }
    : resource;
}

/** What a plugin records, as the API takes it. */
export function toInput(record: AuditTrailRecord): AuditEventInput {
  const { actor, occurredAt = new Date(), resources, ...rest } = record;
  const [resource, ...others] = resources.map(resourceOf);
  return {
    sourceEventId: randomUUID(),
    ...rest,
    occurredAt: occurredAt.toISOString(),
    actor: 'principal' in actor ? actorOf(actor) : actor,
    resource,
    ...(others.length > 0 && { resources: others.map(({ key }) => key) }),
  };
}
