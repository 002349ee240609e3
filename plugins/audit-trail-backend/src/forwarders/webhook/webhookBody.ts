import type { AuditEvent } from 'backstage-plugin-audit-trail-common';

/** Every format, the default first. */
export const WEBHOOK_FORMATS = ['json', 'ndjson', 'cloudevents'] as const;

/** How events stand in a body. */
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** What goes before an activity's id to make it unique among all producers. */
const CLOUDEVENTS_TYPE_PREFIX = 'io.backstage.audit-trail.';

/** A body and its media type. */
export interface WebhookBody {
  contentType: string;
  text: string;
}

/** An event as it is sent: as in the API, with its page in the portal. */
interface SentEvent extends AuditEvent {
  url: string;
  /** It was made up to test the destination. */
  test?: true;
}

/** See the specification of CloudEvents 1.0 and of its JSON format. */
function toCloudEvent(event: SentEvent) {
  return {
    specversion: '1.0',
    id: event.id,
    // With what the portal is in front, as other portals have such a system too.
    source: new URL(
      `/audit-trail/${encodeURIComponent(event.source)}`,
      event.url,
    ).href,
    type: `${CLOUDEVENTS_TYPE_PREFIX}${event.type}`,
    subject: event.resource.key,
    time: event.occurredAt,
    datacontenttype: 'application/json',
    ...(event.test && { test: true }),
    data: event,
  };
}

/** Writes events as the body of a request. */
export function writeWebhookBody(
  format: WebhookFormat,
  events: AuditEvent[],
  options: { test?: boolean; eventUrl(eventId: string): string },
): WebhookBody {
  const sent = events.map<SentEvent>(event => ({
    ...event,
    url: options.eventUrl(event.id),
    ...(options.test && { test: true }),
  }));
  switch (format) {
    case 'ndjson':
      return {
        contentType: 'application/x-ndjson',
        text: sent.map(event => `${JSON.stringify(event)}\n`).join(''),
      };
    case 'cloudevents':
      return {
        contentType: 'application/cloudevents-batch+json',
        text: JSON.stringify(sent.map(toCloudEvent)),
      };
    default:
      return { contentType: 'application/json', text: JSON.stringify(sent) };
  }
}
