/** A text that is shown as it is. */
export interface PlainTextObject {
  type: 'plain_text';
  text: string;
  /** Whether `:warning:` becomes a picture. */
  emoji: false;
}

/** A text with Slack's marks for links and dates. */
export interface MrkdwnObject {
  type: 'mrkdwn';
  text: string;
  /** Whether words that look like links, channels and people stay words. */
  verbatim: true;
}

/** What can stand in a block. */
export type TextObject = PlainTextObject | MrkdwnObject;

/** A button that opens an address. */
export interface SlackButton {
  type: 'button';
  text: PlainTextObject;
  url: string;
  /** Other than that of every other button of the message. */
  action_id: string;
}

/** The blocks of Slack's Block Kit that our messages are made of. */
export type SlackBlock =
  | { type: 'header'; text: PlainTextObject }
  | { type: 'section'; text: TextObject }
  | { type: 'section'; fields: TextObject[] }
  | { type: 'context'; elements: TextObject[] }
  | { type: 'actions'; elements: SlackButton[] };

/** A part of a message with a bar of a colour at its side. */
export interface SlackAttachment {
  color: string;
  fallback: string;
  blocks: SlackBlock[];
}

/** The body of a call to an incoming webhook. */
export interface SlackMessage {
  /** What notifications show, and readers of screens read. */
  text: string;
  blocks: SlackBlock[];
  attachments: SlackAttachment[];
  unfurl_links: false;
  unfurl_media: false;
}

/** Longest text of a header. */
export const MAX_HEADER_LENGTH = 150;

/** Colours of the bar at a message's side. A word always says the same. */
export const COLORS = { harmful: '#d32f2f', other: '#5c6f82' };

/** A text that is shown as it is. */
export const plain = (text: string): PlainTextObject => ({
  type: 'plain_text',
  text,
  emoji: false,
});

/** Our own words with Slack's marks; nobody else's words may stand in it. */
export const mrkdwn = (text: string): MrkdwnObject => ({
  type: 'mrkdwn',
  text,
  verbatim: true,
});
