import type { AuditEvent } from 'backstage-plugin-audit-trail-common';
import {
  activityTitle,
  eventCountText,
  eventLine,
  numberText,
  utcText,
} from '../messages/eventText';
import {
  byHarm,
  pageParams,
  summarise,
  type ActivityCount,
  type BatchSummary,
} from '../messages/summarise';
import { linksBlock } from './linksBlock';
import { markHarmful, TEST_NOTE, type MessageOptions } from './eventMessage';
import {
  COLORS,
  MAX_HEADER_LENGTH,
  mrkdwn,
  plain,
  type SlackAttachment,
  type SlackBlock,
  type SlackMessage,
} from './SlackMessage';
import { slackDate, slackLink, slackText } from './slackText';

/** Harmful events that a digest shows one by one. */
const MAX_HARMFUL = 10;
/** Other events that a digest shows one by one. */
const MAX_OTHERS = 5;
/** Harmful activities that a digest counts one by one. */
const MAX_HARMFUL_ACTIVITIES = 8;
/** Other activities that a digest counts one by one. */
const MAX_OTHER_ACTIVITIES = 6;
/** Longest name of an activity, and longest line about an event. */
const MAX_LABEL_LENGTH = 100;
const MAX_LINE_LENGTH = 300;

/** What a digest is made from, beside its events. */
export interface DigestOptions extends MessageOptions {
  /** The address of the portal's Audit Trail page. */
  trailUrl(params: URLSearchParams): string;
}

/** How often each activity happened; the rarest ones in one line. */
function countLines(activities: ActivityCount[], max: number): string[] {
  const lines = activities
    .slice(0, max)
    .map(activity =>
      markHarmful(
        `${numberText(activity.count)} × ${slackText(
          activityTitle(activity),
          MAX_LABEL_LENGTH,
        )}`,
        activity.harmful,
      ),
    );
  const rest = activities.slice(max);
  if (rest.length > 0) {
    const count = rest.reduce((sum, activity) => sum + activity.count, 0);
    const harmful = rest[0].harmful;
    lines.push(
      markHarmful(
        `${numberText(count)} ${harmful ? 'harmful ' : ''}of ${
          rest.length
        } other ${rest.length === 1 ? 'activity' : 'activities'}`,
        harmful,
      ),
    );
  }
  return lines;
}

function counts(activities: ActivityCount[]): string {
  return [
    ...countLines(
      activities.filter(({ harmful }) => harmful),
      MAX_HARMFUL_ACTIVITIES,
    ),
    ...countLines(
      activities.filter(({ harmful }) => !harmful),
      MAX_OTHER_ACTIVITIES,
    ),
  ].join('\n');
}

function eventBlocks(event: AuditEvent, options: DigestOptions): SlackBlock[] {
  return [
    {
      type: 'section',
      text: plain(
        markHarmful(
          slackText(eventLine(event), MAX_LINE_LENGTH),
          event.harmful,
        ),
      ),
    },
    {
      type: 'context',
      elements: [
        mrkdwn(
          `${slackDate(event.occurredAt)}  ·  ${slackLink(
            options.eventUrl(event.id),
            'Open in portal',
          )}`,
        ),
      ],
    },
  ];
}

/** Some events one by one below a heading that says how many there are. */
function eventList(
  events: AuditEvent[],
  shown: number,
  heading: { color: string; name: string },
  options: DigestOptions,
): SlackAttachment[] {
  if (events.length === 0) {
    return [];
  }
  const { color, name } = heading;
  const text =
    events.length > shown
      ? `${name}: the newest ${shown} of ${numberText(events.length)}`
      : `${name}: ${numberText(events.length)}`;
  return [
    {
      color,
      fallback: text,
      blocks: [
        { type: 'section', text: mrkdwn(`*${text}*`) },
        ...events.slice(0, shown).flatMap(event => eventBlocks(event, options)),
      ],
    },
  ];
}

function wayToTheRest(
  summary: BatchSummary,
  shown: number,
  options: DigestOptions,
): SlackAttachment {
  const more = summary.total - shown;
  const way = {
    label: 'Open all of this time in the portal',
    url: options.trailUrl(pageParams(summary)),
    id: 'open-in-portal',
  };
  return {
    color: COLORS.other,
    fallback: `and ${numberText(more)} more`,
    blocks: [
      ...(more > 0
        ? [
            {
              type: 'section' as const,
              text: mrkdwn(`*and ${numberText(more)} more*`),
            },
          ]
        : []),
      linksBlock([way], options.links),
    ],
  };
}

/**
 * One message about many events: how many, of what, when; the harmful ones
 * first; and where the rest is to be seen.
 */
export function digestMessage(
  events: AuditEvent[],
  options: DigestOptions,
): SlackMessage {
  const summary = summarise(events);
  const { harmful, others } = byHarm(events);
  const count =
    harmful.length > 0
      ? `${eventCountText(summary.total)}, ${numberText(
          harmful.length,
        )} of them harmful`
      : eventCountText(summary.total);
  const title = slackText(
    markHarmful(`${options.test ? 'Test: ' : ''}${count}`, harmful.length > 0),
    MAX_HEADER_LENGTH,
  );
  const shown =
    Math.min(harmful.length, MAX_HARMFUL) + Math.min(others.length, MAX_OTHERS);
  return {
    text: `${title}, ${utcText(summary.from)} to ${utcText(summary.to)}`,
    blocks: [
      { type: 'header', text: plain(title) },
      ...(options.test
        ? [{ type: 'section' as const, text: plain(TEST_NOTE) }]
        : []),
      {
        type: 'context',
        elements: [
          mrkdwn(`${slackDate(summary.from)} to ${slackDate(summary.to)}`),
        ],
      },
      { type: 'section', text: plain(counts(summary.activities)) },
    ],
    attachments: [
      ...eventList(
        harmful,
        MAX_HARMFUL,
        { color: COLORS.harmful, name: 'Harmful' },
        options,
      ),
      ...eventList(
        others,
        MAX_OTHERS,
        {
          color: COLORS.other,
          name: harmful.length > 0 ? 'Others' : 'Events',
        },
        options,
      ),
      wayToTheRest(summary, shown, options),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}
