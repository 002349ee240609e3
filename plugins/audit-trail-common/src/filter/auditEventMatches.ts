import type { JsonValue } from '@backstage/types';
import type { AuditEvent } from '../events';
import type { AuditEventFilter, AuditEventValues } from './AuditEventFilter';
import { searchPhrases, searchWords } from './searchWords';

/** How much of the details' own text the search knows, in characters. */
const MAX_DETAILS_LENGTH = 2_000;

/** The fields of an event by the list of a filter that looks at them. */
const valuesOf: {
  [field in keyof AuditEventValues]-?: (event: AuditEvent) => string[];
} = {
  types: event => [event.type],
  categories: event => [event.category],
  actors: event => [event.actor.id],
  actorTypes: event => [event.actor.type],
  resources: event => event.resources,
  workspaces: event => [event.workspace],
  sources: event => [event.source],
  outcomes: event => [event.outcome],
};
const fields = Object.keys(valuesOf) as (keyof AuditEventValues)[];

function hasOneOf(
  event: AuditEvent,
  field: keyof AuditEventValues,
  wanted: string[],
) {
  return valuesOf[field](event).some(value => wanted.includes(value));
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).map(textOf).join(' ');
  }
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : '';
}

/**
 * What the text search looks at: the words of an event's activity, actor,
 * resources, workspace and details (of these the first 2,000 characters), in
 * this order, separated by single spaces.
 *
 * @public
 */
export function auditEventSearchText(event: AuditEvent): string {
  const { actor, resource } = event;
  const text = [
    event.label,
    event.originalType,
    event.type,
    actor.name,
    actor.email,
    actor.id,
    actor.entityRef,
    resource.name,
    ...event.resources,
    event.workspace,
    event.correlationId,
    textOf(event.details).slice(0, MAX_DETAILS_LENGTH),
  ].join(' ');
  return searchWords(text).join(' ');
}

/**
 * Whether a filter chooses an event.
 *
 * @public
 */
export function auditEventMatches(
  event: AuditEvent,
  filter: AuditEventFilter,
): boolean {
  for (const field of fields) {
    const wanted: string[] = filter[field] ?? [];
    if (wanted.length > 0 && !hasOneOf(event, field, wanted)) {
      return false;
    }
    if (hasOneOf(event, field, filter.not?.[field] ?? [])) {
      return false;
    }
  }
  if (filter.harmful !== undefined && event.harmful !== filter.harmful) {
    return false;
  }
  if (filter.from && event.occurredAt < filter.from) {
    return false;
  }
  if (filter.to && event.occurredAt > filter.to) {
    return false;
  }
  if (filter.text) {
    const known = ` ${auditEventSearchText(event)} `;
    return (
      searchWords(filter.text).every(word => known.includes(` ${word}`)) &&
      searchPhrases(filter.text).every(phrase => known.includes(` ${phrase} `))
    );
  }
  return true;
}
