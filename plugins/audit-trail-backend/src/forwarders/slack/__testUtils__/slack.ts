import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  segmentAppUrl,
  type AuditEvent,
} from 'backstage-plugin-audit-trail-common';
import type { Forwarder } from 'backstage-plugin-audit-trail-node';
import { startReceiver, type Receiver } from '../../__testUtils__/receiver';
import { createSlackForwarderFactory } from '../createSlackForwarderFactory';
import type { SlackButton, SlackMessage, TextObject } from '../SlackMessage';

/** The address of the Audit Trail's page. */
export const PORTAL = 'https://portal.example.com/audit-trail';

/** A forwarder of a destination of app-config. */
export function createSlackForwarder(config: object): Forwarder {
  return createSlackForwarderFactory({
    allowedHosts: ['127.0.0.1'],
    segmentUrl: event => segmentAppUrl(event),
    trailUrl: params => `${PORTAL}?${params}`,
  }).create({
    config: new ConfigReader({ type: 'slack', ...config }),
    destinationId: 'slack-data',
    eventUrl: id => `${PORTAL}/events/${id}`,
    logger: mockServices.logger.mock(),
  });
}

/** A stand-in of Slack, and a forwarder that posts there. */
export class TestSlack {
  static async start(config: object = {}): Promise<TestSlack> {
    const receiver = await startReceiver();
    return new TestSlack(
      receiver,
      createSlackForwarder({
        webhookUrl: `${receiver.url}/slack/T024/B042/XXXsecretXXX`,
        allowPrivateAddresses: true,
        ...config,
      }),
    );
  }

  private constructor(
    readonly receiver: Receiver,
    readonly forwarder: Forwarder,
  ) {}

  /** Forwards events. */
  async forward(
    events: AuditEvent[],
    options: { test?: boolean; signal?: AbortSignal } = {},
  ): Promise<void> {
    const { test, signal = new AbortController().signal } = options;
    await this.forwarder.forward({ events, test, signal });
  }

  /** Forwards events and gives back the message that was taken. */
  async messageOf(events: AuditEvent[], test?: boolean): Promise<SlackMessage> {
    await this.receiver.clear();
    await this.forward(events, { test });
    const received = await this.receiver.received();
    const [{ accepted, mentions, message, problem }] = received;
    if (received.length !== 1 || !accepted || mentions.length > 0) {
      throw new Error(
        `${received.length} messages; ${problem}; calls ${mentions}`,
      );
    }
    return message;
  }
}

/** All objects with a text of a message, in order. */
export function textObjects(value: unknown): TextObject[] {
  if (Array.isArray(value)) {
    return value.flatMap(textObjects);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { type, text } = value as { type?: string; text?: unknown };
  return type && typeof text === 'string'
    ? [value as TextObject]
    : Object.values(value).flatMap(textObjects);
}

/** What a reader of a message sees, text by text. */
export function linesOf(message: SlackMessage): string[] {
  return textObjects([message.blocks, message.attachments]).map(({ text }) =>
    text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&'),
  );
}

/** All buttons of a message, in order. */
export function buttonsOf(message: SlackMessage): SlackButton[] {
  return [
    ...message.blocks,
    ...message.attachments.flatMap(a => a.blocks),
  ].flatMap(block => (block.type === 'actions' ? block.elements : []));
}
