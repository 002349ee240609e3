import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  activityTitle,
  actorText,
  categoryText,
  eventSentence,
  resourceText,
} from '../messages/eventText';
import { linksBlock, type LinkStyle } from './linksBlock';
import {
  COLORS,
  MAX_HEADER_LENGTH,
  mrkdwn,
  plain,
  type SlackMessage,
  type TextObject,
} from './SlackMessage';
import { slackDate, slackText } from './slackText';

/** Longest value of a fact, such as a name. */
const MAX_FACT_LENGTH = 300;
/** Longest sentence. */
const MAX_SENTENCE_LENGTH = 600;

/** How a message begins that tells of something that never happened. */
export const TEST_NOTE =
  'This is a test from the Audit Trail. What it tells of never happened.';

/** Marks what takes something away: a sign beside a word, never alone. */
export function markHarmful(title: string, harmful: boolean): string {
  return harmful ? `⚠ ${title}` : title;
}

/** What a message is made from, beside its events. */
export interface MessageOptions {
  eventUrl(eventId: string): string;
  /** The page in the Segment app that an event leads to, if it has one. */
  segmentUrl(event: AuditEvent): string | undefined;
  links: LinkStyle;
  /** A message made up to test the destination. */
  test?: boolean;
}

function facts(event: AuditEvent): TextObject[] {
  const fact = (name: string, value: string): TextObject[] => [
    mrkdwn(`*${name}*`),
    plain(slackText(value, MAX_FACT_LENGTH)),
  ];
  return [
    ...fact('Who', actorText(event.actor)),
    ...fact('Resource', resourceText(event.resource)),
    mrkdwn('*When*'),
    mrkdwn(slackDate(event.occurredAt)),
    ...fact(
      'Where',
      `${categoryText(event.category)}, workspace ${event.workspace}`,
    ),
    ...(event.outcome === 'succeeded' ? [] : fact('Outcome', event.outcome)),
  ];
}

/** A message about one event. */
export function eventMessage(
  event: AuditEvent,
  options: MessageOptions,
): SlackMessage {
  const title = slackText(
    markHarmful(
      `${options.test ? 'Test: ' : ''}${activityTitle(event)}`,
      event.harmful,
    ),
    MAX_HEADER_LENGTH,
  );
  const sentence = slackText(eventSentence(event), MAX_SENTENCE_LENGTH);
  const inSegment = options.segmentUrl(event);
  const ways = [
    {
      label: 'Open in portal',
      url: options.eventUrl(event.id),
      id: 'open-in-portal',
    },
    ...(inSegment
      ? [{ label: 'Open in Segment', url: inSegment, id: 'open-in-segment' }]
      : []),
  ];
  return {
    text: `${title}: ${sentence}`,
    blocks: [
      { type: 'header', text: plain(title) },
      ...(options.test
        ? [{ type: 'section' as const, text: plain(TEST_NOTE) }]
        : []),
      { type: 'section', text: plain(sentence) },
    ],
    attachments: [
      {
        color: event.harmful ? COLORS.harmful : COLORS.other,
        fallback: sentence,
        blocks: [
          { type: 'section', fields: facts(event) },
          linksBlock(ways, options.links),
        ],
      },
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}
