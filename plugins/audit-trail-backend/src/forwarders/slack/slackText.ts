import { DateTime } from 'luxon';
import { utcText } from '../messages/eventText';
import { cutText, plainText } from '../messages/plainText';

/** Slack reads these three as the beginning of links, mentions and dates. */
const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

const escape = (character: string) => ENTITIES[character] ?? character;

/** Longest address of a link or button. */
export const MAX_URL_LENGTH = 3_000;

/**
 * A text that somebody else wrote, as Slack shows it letter by letter: on one
 * line, escaped, cut.
 *
 * @remarks
 *
 * What Slack makes bold, italic or code cannot be escaped. So such a text
 * stands in objects of type `plain_text` only.
 *
 * @param maxLength - of what is sent; the escapes count
 */
export function slackText(value: string, maxLength: number): string {
  return cutText(plainText(value), maxLength, escape);
}

/** An address as it is sent. */
export const slackAddress = (url: string): string =>
  new URL(url).href.replaceAll('|', '%7C');

/** A link for an object of type `mrkdwn`; `label` has to be our own words. */
export function slackLink(url: string, label: string): string {
  const address = slackAddress(url);
  return address.length <= MAX_URL_LENGTH
    ? `<${address.replace(/[&<>]/g, escape)}|${label}>`
    : label;
}

/**
 * A time for an object of type `mrkdwn`: in the reader's zone, or in UTC where
 * Slack cannot do that.
 */
export function slackDate(time: string): string {
  const seconds = Math.floor(DateTime.fromISO(time).toSeconds());
  return `<!date^${seconds}^{date_short_pretty} {time_secs}|${utcText(time)}>`;
}
