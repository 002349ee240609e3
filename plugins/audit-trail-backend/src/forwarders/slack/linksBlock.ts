import type { LINK_STYLES } from './slackConfig';
import { mrkdwn, plain, type SlackBlock } from './SlackMessage';
import { MAX_URL_LENGTH, slackAddress, slackLink } from './slackText';

/** How ways to other places stand in a message. */
export type LinkStyle = (typeof LINK_STYLES)[number];

/** A way to another place. */
export interface SlackWay {
  /** Our own words, at most 75 characters. */
  label: string;
  url: string;
  /** Tells a button from every other one of the message. */
  id: string;
}

/**
 * Ways to other places as a block: as buttons, or as links in a text.
 *
 * @remarks
 *
 * Slack refuses a message with a button whose address is too long; there it
 * stays a link, which is our words alone then.
 */
export function linksBlock(ways: SlackWay[], style: LinkStyle): SlackBlock {
  const fits = ways.every(
    ({ url }) => slackAddress(url).length <= MAX_URL_LENGTH,
  );
  return style === 'buttons' && fits
    ? {
        type: 'actions',
        elements: ways.map(({ id, label, url }) => ({
          type: 'button',
          text: plain(label),
          url: slackAddress(url),
          action_id: id,
        })),
      }
    : {
        type: 'section',
        text: mrkdwn(
          ways.map(({ label, url }) => slackLink(url, label)).join('  ·  '),
        ),
      };
}
