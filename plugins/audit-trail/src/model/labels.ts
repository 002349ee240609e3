import {
  ACTOR_TYPES,
  OUTCOMES,
  UNMAPPED_CATEGORY,
  parseResourceKey,
  type AuditEvent,
  type AuditEventActor,
  type AuditEventResource,
} from 'backstage-plugin-audit-trail-common';
import type { Translate } from '../translation';
import { knownCategoryLabel } from './knownActivities';
import { longRelativeTime } from './times';

/** By locale, as to make one takes longer than to write a number by it. */
const numberFormats = new Map<string, Intl.NumberFormat>();

/** A number for people. */
export function numberLabel(t: Translate, number: number): string {
  const locale = t('locale');
  const known = numberFormats.get(locale);
  if (known) {
    return known.format(number);
  }
  const format = new Intl.NumberFormat(locale);
  numberFormats.set(locale, format);
  return format.format(number);
}

/** A kind of actor for people. */
export function actorTypeLabel(t: Translate, type: string): string {
  const known = ACTOR_TYPES.find(other => other === type);
  return known ? t(`actorType.${known}`) : type;
}

/** An outcome for people. */
export function outcomeLabel(t: Translate, outcome: string): string {
  const known = OUTCOMES.find(other => other === outcome);
  return known ? t(`outcome.${known}`) : outcome;
}

/** An area's documented name, which is the same in all languages. */
export function categoryLabel(t: Translate, category: string): string {
  if (category === UNMAPPED_CATEGORY) {
    return t('category.unmapped');
  }
  return knownCategoryLabel(category) ?? category;
}

/** How an actor is called. */
export function actorName(actor: AuditEventActor): string {
  return actor.name || actor.email || actorIdLabel(actor.id);
}

/** How an actor is called of whom only the id is known. */
export function actorIdLabel(id: string): string {
  // The portal's own users have their entity ref for an id.
  return /^user:default\/(.+)$/.exec(id)?.[1] ?? id;
}

/** How a resource is called. */
export function resourceName(resource: AuditEventResource): string {
  return resource.name || resource.id;
}

/** How a resource is called of which only the key is known. */
export function resourceKeyLabel(key: string): string {
  const parts = parseResourceKey(key);
  return parts ? `${parts.type} ${parts.id}` : key;
}

const NAMES = {
  segment: 'source.segment',
  backstage: 'source.backstage',
  webhook: 'source.webhook',
  'public-api': 'source.public-api',
  api: 'source.api',
  'http-api': 'source.http-api',
  http: 'source.http-api',
  recorder: 'source.recorder',
  auditor: 'source.auditor',
  // What the trail records of itself.
  'plugin:audit-trail': 'source.audit-trail',
  'audit-trail': 'source.itself',
} as const;

const isNamed = (name: string): name is keyof typeof NAMES =>
  Object.hasOwn(NAMES, name);

/** A system that reports events, for people. */
export function sourceLabel(t: Translate, source: string): string {
  return isNamed(source) ? t(NAMES[source]) : source;
}

/** A way in, for people; without the source's name, which stands before it. */
export function intakeLabel(
  t: Translate,
  intake: string,
  source: string,
): string {
  const prefix = `${source}-`;
  const name = intake.startsWith(prefix) ? intake.slice(prefix.length) : intake;
  return isNamed(name) ? t(NAMES[name]) : name;
}

/** How an event came here, such as `Segment · webhook`. */
export function viaLabel(
  t: Translate,
  event: Pick<AuditEvent, 'source' | 'intakes'>,
): string {
  const { source, intakes } = event;
  return [
    sourceLabel(t, source),
    intakes.map(intake => intakeLabel(t, intake, source)).join(', '),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `1,284 events`, or `more than 10,000 events`. */
export function eventCountLabel(
  t: Translate,
  count: number,
  capped = false,
): string {
  return t(capped ? 'count.moreEvents' : 'count.events', { count });
}

/** A size in bytes for people. */
export function byteLabel(t: Translate, bytes: number): string {
  if (bytes < 1_000_000) {
    const size = numberLabel(t, Math.ceil(bytes / 1_000));
    return t('count.kilobytes', { size });
  }
  const size = (bytes / 1_000_000).toLocaleString(t('locale'), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return t('count.megabytes', { size });
}

/** What embeds, overrides or isolates the direction of a text. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** A foreign text within a sentence, the rest of which it must not turn. */
export function withinSentence(text: string): string {
  return text.replace(TURNING, '\ufffd');
}

/** What happened in one sentence. */
export function eventSentence(t: Translate, event: AuditEvent): string {
  const { verb, outcome, label } = event;
  const values = {
    label: withinSentence(label),
    verb: withinSentence(verb),
    actor: withinSentence(actorName(event.actor)),
    resource: withinSentence(
      event.resource.name
        ? event.resource.name
        : `${event.resource.type} ${event.resource.id}`,
    ),
  };
  if (outcome === 'failed' && verb !== 'failed') {
    return t('sentence.failed', values);
  }
  if (outcome === 'initiated') {
    return t('sentence.initiated', values);
  }
  return isAboutResourceItself(event)
    ? t('sentence.itself', values)
    : t('sentence.other', values);
}

/**
 * Whether the verb says what became of the resource: a tracking plan of which a
 * property was omitted was not omitted.
 */
function isAboutResourceItself({ resource, type, verb }: AuditEvent): boolean {
  return type === `${resource.type}.${verb}`;
}

/** What happened last to an entity, in one line. */
export function lastChangeSentence(
  t: Translate,
  event: AuditEvent,
  entityRef: string,
  now: number,
): string {
  const { label, verb, outcome, resource } = event;
  const values = {
    time: longRelativeTime(t, event.occurredAt, now),
    label: withinSentence(label),
    verb: withinSentence(verb),
    actor: withinSentence(actorName(event.actor)),
  };
  if (outcome === 'failed' && verb !== 'failed') {
    return t('card.lastChangeFailed', values);
  }
  // What belongs to the entity has events on its card, too.
  const isEntity =
    resource.entityRef?.toLocaleLowerCase('en-US') ===
    entityRef.toLocaleLowerCase('en-US');
  return outcome === 'succeeded' && isEntity && isAboutResourceItself(event)
    ? t('card.lastChangeItself', values)
    : t('card.lastChange', values);
}
