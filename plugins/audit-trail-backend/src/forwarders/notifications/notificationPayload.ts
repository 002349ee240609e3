import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  TRAIL_READ_TYPES,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import {
  activityTitle,
  categoryText,
  eventCountText,
  eventSentence,
  numberText,
  utcText,
} from '../messages/eventText';
import { cutText, plainText } from '../messages/plainText';
import { byHarm, summarise, type BatchSummary } from '../messages/summarise';

type NotificationPayload = NotificationSendOptions['payload'];
type Severity = NonNullable<NotificationPayload['severity']>;

/** The portal keeps titles and scopes in columns of 255 characters. */
const MAX_COLUMN_LENGTH = 255;
const MAX_DESCRIPTION_LENGTH = 1_000;
/** Longest name of an activity in a list of them. */
const MAX_LABEL_LENGTH = 100;
/** Activities that a notification about many events counts one by one. */
const MAX_ACTIVITIES = 8;

/** Least first. */
const SEVERITIES: Severity[] = ['low', 'normal', 'high', 'critical'];

/** What a notification is made from, beside its events. */
export interface NotificationOptions {
  destinationId: string;
  /** Whether its readers get it because something of theirs is concerned. */
  toOwners: boolean;
  /** A message made up to test the destination. */
  test?: boolean;
  /** Where an event is shown, as notifications take it. */
  eventLink(eventId: string): string;
  /** Where all that happened in the time of a batch is shown. */
  batchLink(summary: BatchSummary): string;
}

function severityOf(event: AuditEvent): Severity {
  if (event.severity === 'critical') {
    return 'critical';
  }
  if (event.harmful || event.severity === 'high') {
    return 'high';
  }
  return event.severity === 'low' || TRAIL_READ_TYPES.includes(event.type)
    ? 'low'
    : 'normal';
}

const text = (value: string, maxLength: number) =>
  cutText(plainText(value), maxLength);

function aboutOne(event: AuditEvent, options: NotificationOptions) {
  const title = activityTitle({
    label: eventSentence(event),
    harmful: event.harmful,
  });
  const facts = [
    event.label,
    utcText(event.occurredAt),
    `${categoryText(event.category)}, workspace ${event.workspace}`,
  ];
  return {
    title,
    description: facts.join(' · '),
    link: options.eventLink(event.id),
  };
}

function aboutMany(events: AuditEvent[], options: NotificationOptions) {
  const summary = summarise(events);
  const { harmful, others } = byHarm(events);
  const counts = summary.activities
    .slice(0, MAX_ACTIVITIES)
    .map(
      activity =>
        `${numberText(activity.count)} × ${text(
          activityTitle(activity),
          MAX_LABEL_LENGTH,
        )}`,
    );
  const rest = summary.activities.slice(MAX_ACTIVITIES);
  if (rest.length > 0) {
    const count = rest.reduce((sum, activity) => sum + activity.count, 0);
    counts.push(`${numberText(count)} of other activities`);
  }
  const whose = options.toOwners ? ' on what you own' : '';
  const harm =
    summary.harmful > 0
      ? `, ${numberText(summary.harmful)} of them harmful`
      : '';
  const span = `from ${utcText(summary.from)} to ${utcText(summary.to)}`;
  return {
    title: `${eventCountText(summary.total)}${whose}${harm}`,
    description: `${counts.join(', ')}, ${span}`,
    // The page of all is closed to those who own some; an event's is not.
    link: options.toOwners
      ? options.eventLink([...harmful, ...others][0].id)
      : options.batchLink(summary),
  };
}

/**
 * What a notification about some events says.
 *
 * @remarks
 *
 * Its scope is made of the first event's id. So the same events, delivered
 * again, put the notification in the place of the first one, and other events
 * never do.
 */
export function notificationPayload(
  events: AuditEvent[],
  options: NotificationOptions,
): NotificationPayload {
  const { title, description, link } =
    events.length === 1
      ? aboutOne(events[0], options)
      : aboutMany(events, options);
  const severity =
    SEVERITIES[
      Math.max(...events.map(event => SEVERITIES.indexOf(severityOf(event))))
    ];
  return {
    title: text(options.test ? `Test: ${title}` : title, MAX_COLUMN_LENGTH),
    description: text(
      options.test
        ? `A test from the Audit Trail; this never happened. ${description}`
        : description,
      MAX_DESCRIPTION_LENGTH,
    ),
    link,
    severity,
    // What readers can switch off by themselves. Not for tests: it would stay
    // in their settings.
    ...(options.test
      ? {}
      : {
          topic: events.some(event => event.harmful)
            ? 'harmful activity'
            : 'other activity',
        }),
    scope: `audit-trail:${events[0].id}:${options.destinationId}`.slice(
      0,
      MAX_COLUMN_LENGTH,
    ),
  };
}
